namespace FaultLab.PlayingActs;

/// <summary>The system did not do what it promises: a verdict, not a fault of the lab.</summary>
internal sealed class BrokenPromiseException(string evidence) : Exception(evidence);
