namespace FaultLab.BuildingMutants;

/// <summary>A guard switched off: one piece of text in one file replaced, and the services that use it built anew.</summary>
/// <param name="Name">For the command line.</param>
/// <param name="Act">The act that must notice.</param>
/// <param name="What">What is broken, in words.</param>
/// <param name="Service">The service to build and to run patched.</param>
/// <param name="File">Path from the root.</param>
/// <param name="Find">Must be in the file exactly once.</param>
/// <param name="Replace">What stands there instead.</param>
internal sealed record Mutant(string Name, string Act, string What, string Service, string File, string Find, string Replace);
