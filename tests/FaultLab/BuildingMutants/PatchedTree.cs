using System.Diagnostics;
using RealServers.StartingServers;

namespace FaultLab.BuildingMutants;

/// <summary>
/// A copy of the sources in which one mutant after the other is built; what was built last is thrown out of the copy, its program is kept.
/// </summary>
internal sealed class PatchedTree : IDisposable
{
    private static readonly string[] Copied = ["contracts", "services", "deploy"];
    private static readonly string[] LeftBehind = ["bin", "obj"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // The kernel's class for what runs only when nothing else does.
    private static readonly string[] Idle = ["chrt", "--idle", "0"];

    // A compiler that others use as well would not be in that class, and one that starts anew for each mutant costs three times as much.
    private readonly string _compiler = $"fault-lab-{Guid.NewGuid():N}";

    // Whether what the services share was last built as it stands in the sources.
    private bool _sharedAsItIs;

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fault-lab-mutants-");

    public PatchedTree(string root)
    {
        foreach (var file in Directory.GetFiles(root).Where(file => Path.GetFileName(file) is var name && (name[0] == '.' || Path.GetExtension(name) is ".props" or ".targets" or ".txt" or ".json" or ".config")))
            File.Copy(file, Path.Combine(Sources, Path.GetFileName(file)));
        foreach (var folder in Copied)
            Copy(new(Path.Combine(root, folder)), Path.Combine(Sources, folder));
    }

    /// <summary>Root of the checkout this program was built in.</summary>
    public static string Checkout { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    private Dictionary<string, string> OwnCompiler => new() { ["UseSharedCompilation"] = "true", ["SharedCompilationId"] = _compiler, ["MSBUILDDISABLENODEREUSE"] = "1" };

    private string Sources => Directory.CreateDirectory(Path.Combine(_folder.FullName, "sources")).FullName;

    /// <summary>The assembly of the mutant's service.</summary>
    /// <param name="mutant">What to break.</param>
    /// <param name="whileIdle">With the time that nobody else wants: for whoever builds beside something that is timed.</param>
    public async Task<string> Build(Mutant mutant, bool whileIdle = false)
    {
        await _oneAtATime.WaitAsync();
        var file = Path.Combine(Sources, mutant.File);
        var text = await File.ReadAllTextAsync(file);
        try
        {
            await File.WriteAllTextAsync(file, Patch(text, mutant));
            // A patch changes no packages.
            string[] restored = File.Exists(Path.Combine(Sources, "services", mutant.Service, "obj", "project.assets.json")) ? ["--no-restore"] : [];
            // What is shared is left alone where the patch is not about it: that halves the time.
            var isOwn = mutant.File.StartsWith($"services/{mutant.Service}/", StringComparison.Ordinal);
            string[] shared = isOwn && _sharedAsItIs ? ["-p:BuildProjectReferences=false"] : [];
            // What the patch leaves unused is no mistake here, and nobody reads the documentation.
            await ServerProcess.Run(
                Patience, whileIdle ? OwnCompiler : [], [.. whileIdle ? Idle : [], "dotnet", "build", Path.Combine(Sources, "services", mutant.Service), "-c", "Release", "-v", "quiet", "-nologo", "-m:1", .. restored, .. shared,
                "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "-p:GenerateDocumentationFile=false"]);
            _sharedAsItIs = isOwn;
            var program = Path.Combine(_folder.FullName, mutant.Name);
            var built = Directory.GetDirectories(Path.Combine(Sources, "services", mutant.Service, "bin", "Release")).Single();
            Copy(new(built), program);
            return Path.Combine(program, $"{mutant.Service}.dll");
        }
        finally
        {
            await File.WriteAllTextAsync(file, text);
            _oneAtATime.Release();
        }
    }

    /// <summary>Fails when the text is not there, or more than once: a mutant that changes nothing proves nothing.</summary>
    internal static string Patch(string text, Mutant mutant) => (text.Split(mutant.Find).Length - 1) switch
    {
        1 => text.Replace(mutant.Find, mutant.Replace, StringComparison.Ordinal),
        var times => throw new InvalidOperationException($"mutant {mutant.Name} looks for \"{mutant.Find}\" in {mutant.File} and finds it {times} times instead of once"),
    };

    public void Dispose()
    {
        _oneAtATime.Dispose();
        // Where none was needed there is none to end.
        using (var end = Process.Start("pkill", ["-f", "--", $"-pipename:{_compiler}"]))
            end.WaitForExit();
        // What it listened at.
        File.Delete(Path.Combine(Path.GetTempPath(), _compiler));
        _folder.Delete(recursive: true);
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.GetFiles())
            file.CopyTo(Path.Combine(to, file.Name), overwrite: true);
        foreach (var folder in from.GetDirectories().Where(folder => !LeftBehind.Contains(folder.Name)))
            Copy(folder, Path.Combine(to, folder.Name));
    }
}
