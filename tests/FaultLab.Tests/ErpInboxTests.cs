using RunningSystem;

namespace FaultLab.Tests;

/// <summary>The storm is over when nothing waits in the inbox: a file that is overlooked there would be an order that nobody misses.</summary>
public sealed class ErpInboxTests : IDisposable
{
    private readonly ErpInbox _inbox = new();

    [Fact]
    public async Task A_file_waits_until_it_is_put_away()
    {
        await _inbox.Deliver("a.ndjson", "{}", TestContext.Current.CancellationToken);
        Assert.Equal(["a.ndjson"], _inbox.Waiting);

        Move("a.ndjson", "working/0123456789ab.a.ndjson");
        Assert.Equal(["0123456789ab.a.ndjson"], _inbox.Waiting);

        Move("working/0123456789ab.a.ndjson", "done/a.ndjson");
        Assert.Empty(_inbox.Waiting);
        Assert.Equal(["a.ndjson"], _inbox.PutAway(ErpInbox.Done));
        Assert.Empty(_inbox.PutAway(ErpInbox.Failed));
    }

    [Fact]
    public void A_failed_file_is_seen_with_its_report()
    {
        Write("failed/b.ndjson", "{");
        Assert.Null(_inbox.ReportOf(ErpInbox.Failed, "b.ndjson"));

        Write("failed/b.ndjson.report.json", """{"state":"truncated"}""");
        Assert.Equal(["b.ndjson"], _inbox.PutAway(ErpInbox.Failed));
        Assert.Equal("truncated", _inbox.ReportOf(ErpInbox.Failed, "b.ndjson")!.Value.GetProperty("state").GetString());
    }

    [Fact]
    public void What_is_still_being_written_does_not_wait()
    {
        Write("c.ndjson.part", "{");
        Write("working/.probe.tmp", "");

        Assert.Empty(_inbox.Waiting);
    }

    public void Dispose() => _inbox.Dispose();

    private string PathOf(string name)
    {
        var path = Path.Combine(_inbox.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private void Write(string name, string content) => File.WriteAllText(PathOf(name), content);

    private void Move(string from, string to) => File.Move(PathOf(from), PathOf(to));
}
