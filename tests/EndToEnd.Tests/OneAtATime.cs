// Each of these tests wants the machine, and two of them its ports, for itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
