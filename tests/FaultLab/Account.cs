using FaultLab.PlayingActs;

namespace FaultLab;

/// <summary>What the lab prints, and the exit code that follows from it.</summary>
internal sealed class Account(TextWriter output)
{
    private readonly List<string> _broken = [], _notProven = [];

    public void Line(string text = "") => output.WriteLine(text);

    public void Act(ActVerdict verdict)
    {
        Line($"act {verdict.Name,-18} {verdict.Outcome,-9} {verdict.Took.TotalSeconds,5:0.0} s  {verdict.Promise}");
        Line($"    {verdict.Evidence}");
        if (verdict.Outcome == Outcome.Broken)
            Broken(verdict.Name, verdict.Promise, verdict.Evidence);
        else if (verdict.Outcome == Outcome.NotPlayed)
            NotProven($"act {verdict.Name} could not be played: {verdict.Evidence}");
    }

    public void Broken(string name, string promise, string evidence) => _broken.Add($"BROKEN {name}: {promise}: {evidence}");

    public void NotProven(string what) => _notProven.Add($"NOT PROVEN {what}");

    /// <summary>One line for each broken promise and for whatever was not proven; the exit code.</summary>
    public int Close()
    {
        Line();
        foreach (var line in _broken.Concat(_notProven))
            Line(line);
        var exitCode = _broken.Count > 0 ? Lab.Broken : _notProven.Count > 0 ? Lab.NotProven : Lab.Kept;
        Line(exitCode == Lab.Kept ? "every promise kept" : $"{_broken.Count} promises broken, {_notProven.Count} things not proven");
        return exitCode;
    }
}
