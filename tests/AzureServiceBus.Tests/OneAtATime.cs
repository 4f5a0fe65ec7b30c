// What is said about the emulator is said to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
