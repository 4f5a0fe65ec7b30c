using MessageExamples;
using OrderIngest.WatchingInboxes;

namespace OrderIngest.Tests.WatchingInboxes;

public sealed class CompletionWatchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly CompletionWatch _watch;

    public CompletionWatchTests() => _watch = new(10 * Second, _time);

    [Fact]
    public void Complete_once_it_was_quiet_for_long_enough()
    {
        Assert.Empty(Look(File("a", 5)));
        _time.Advance(9 * Second);
        Assert.Empty(Look(File("a", 5)));
        _time.Advance(Second);
        Assert.Equal(["a"], Look(File("a", 5)));
    }

    [Fact]
    public void Complete_begins_anew_with_every_change_of_size_or_time()
    {
        Look(File("a", 5));
        _time.Advance(9 * Second);
        Assert.Empty(Look(File("a", 6)));
        _time.Advance(9 * Second);
        Assert.Empty(Look(File("a", 6, changed: 1)));
        _time.Advance(9 * Second);
        Assert.Empty(Look(File("a", 6, changed: 1)));
        _time.Advance(Second);
        Assert.Equal(["a"], Look(File("a", 6, changed: 1)));
    }

    [Fact]
    public void Complete_a_file_that_is_gone_begins_anew_when_it_is_back()
    {
        Look(File("a", 5));
        _time.Advance(20 * Second);
        Assert.Empty(Look());
        Assert.Empty(Look(File("a", 5)));
    }

    [Fact]
    public void Complete_at_once_with_a_marker() => Assert.Equal(["b"], Look(File("a", 5), new("b", new(5, default), HasMarker: true)));

    [Fact]
    public void Complete_at_once_when_it_was_renamed_into_place()
    {
        Assert.Empty(_watch.Complete([], ["a"]));
        Assert.Equal(["a"], _watch.Complete([File("a", 5)], []));
        // Until it was taken.
        Assert.Equal(["a"], _watch.Complete([File("a", 5)], []));
        Assert.Empty(_watch.Complete([], []));
        Assert.Empty(_watch.Complete([File("a", 5)], []));
    }

    [Fact]
    public void Complete_not_while_its_next_version_is_still_being_written() =>
        Assert.Empty(new[] { _watch.Complete([File("a", 5)], ["a"]), _watch.Complete([File("a", 5)], ["a"]) }.SelectMany(names => names));

    private IReadOnlyList<string> Look(params SeenFile[] files) => _watch.Complete(files, []);

    private static SeenFile File(string name, long size, int changed = 0) => new(name, new(size, DateTime.UnixEpoch.AddSeconds(changed)), HasMarker: false);
}
