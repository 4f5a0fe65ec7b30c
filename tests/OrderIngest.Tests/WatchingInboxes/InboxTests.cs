using OrderIngest.GuardingSources;
using OrderIngest.WatchingInboxes;

namespace OrderIngest.Tests.WatchingInboxes;

public sealed class InboxTests : IDisposable
{
    private readonly InboxFolder _folder = new();
    private readonly Inbox _inbox;

    public InboxTests()
    {
        _inbox = new(new Source("pos", new()), _folder.Root);
        _inbox.Prepare();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Take_happens_once_whoever_asks_at_the_same_time()
    {
        foreach (var round in Enumerable.Range(0, 50))
        {
            _folder.Deliver($"{round}.csv", "x");
            using var together = new Barrier(4);
            var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return new Inbox(new("pos", new()), _folder.Root).Take($"{round}.csv");
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Single(taken, name => name is not null);
        }
        Assert.Equal(50, _folder.In("working").Length);
        Assert.Empty(_folder.In("."));
    }

    [Fact]
    public void Take_none_when_it_was_renamed_meanwhile()
    {
        _folder.Deliver("a.csv", "x");
        var seen = Assert.Single(_inbox.Look().Files);
        File.Move(_folder["a.csv"], _folder["b.csv"]);
        Assert.Null(_inbox.Take(seen.Name));
    }

    [Fact]
    public void Take_none_while_the_writer_has_it_locked()
    {
        using (var writer = new FileStream(_folder["a.csv"], FileMode.Create, FileAccess.Write, FileShare.None))
        {
            writer.WriteByte(1);
            Assert.Null(_inbox.Take("a.csv"));
        }
        Assert.NotNull(_inbox.Take("a.csv"));
    }

    [Fact]
    public void Take_removes_the_markers()
    {
        _folder.Deliver("a.csv", "x");
        File.WriteAllText(_folder["a.csv.done"], "");
        File.WriteAllText(_folder["a.csv.ready"], "");
        Assert.True(Assert.Single(_inbox.Look().Files).HasMarker);
        Assert.NotNull(_inbox.Take("a.csv"));
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Look_does_not_believe_a_marker_that_is_older_than_the_file()
    {
        File.WriteAllText(_folder["a.csv.done"], "");
        File.SetLastWriteTimeUtc(_folder["a.csv.done"], DateTime.UnixEpoch);
        _folder.Deliver("a.csv", "x");
        Assert.False(Assert.Single(_inbox.Look().Files).HasMarker);
    }

    [Fact]
    public void Look_leaves_links_alone()
    {
        using var elsewhere = new InboxFolder();
        elsewhere.Deliver("secret.csv", "x");
        File.CreateSymbolicLink(_folder["a.csv"], elsewhere["secret.csv"]);
        Assert.Empty(_inbox.Look().Files);
        Assert.Equal(1, _inbox.Links);
        File.CreateSymbolicLink(_folder["working", "b.csv"], elsewhere["secret.csv"]);
        Assert.Empty(_inbox.Working());
        Assert.Null(_inbox.StampOf("b.csv"));
    }

    [Theory]
    [InlineData("working")]
    [InlineData("done")]
    [InlineData("failed")]
    public void Prepare_refuses_a_folder_of_ours_that_is_a_link(string name)
    {
        using var elsewhere = new InboxFolder();
        Directory.Delete(_folder[name]);
        Directory.CreateSymbolicLink(_folder[name], elsewhere.Root);
        Assert.Contains(name, Assert.Throws<InboxFolderException>(_inbox.Prepare).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PlaceFor_a_name_that_is_taken_gets_the_time()
    {
        var now = new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);
        Assert.Equal("done/a.csv", _inbox.PlaceFor("a.csv", "done", now));
        File.WriteAllText(_folder["done", "a.csv"], "");
        Assert.Equal("done/a.20261122T101500Z.csv", _inbox.PlaceFor("a.csv", "done", now));
        File.WriteAllText(_folder["done", "a.20261122T101500Z.csv.report.json"], "");
        Assert.Equal("done/a.20261122T101500Z-2.csv", _inbox.PlaceFor("a.csv", "done", now));
    }

    [Fact]
    public void PutAway_never_overwrites()
    {
        _folder.Deliver("a.csv", "new");
        var taken = _inbox.Take("a.csv")!;
        File.WriteAllText(_folder["done", "a.csv"], "old");
        Assert.False(_inbox.PutAway(taken, "done/a.csv"));
        Assert.Equal("old", File.ReadAllText(_folder["done", "a.csv"]));
        Assert.True(_inbox.PutAway(taken, "done/b.csv"));
        Assert.Equal("new", File.ReadAllText(_folder["done", "b.csv"]));
    }
}
