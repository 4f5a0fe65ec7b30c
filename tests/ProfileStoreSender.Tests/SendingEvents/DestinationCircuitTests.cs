using MessageExamples;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.Tests.SendingEvents;

public sealed class DestinationCircuitTests
{
    private static readonly DestinationAnswer Accepted = new() { Kind = AnswerKind.Accepted, StatusCode = 202 }, Down = new() { Kind = AnswerKind.Unavailable, StatusCode = 503 },
        TooMany = new() { Kind = AnswerKind.Unavailable, StatusCode = 429 }, WrongKey = new() { Kind = AnswerKind.KeyRefused, StatusCode = 401 };

    private readonly DestinationCircuit _circuit = new(TimeSpan.FromSeconds(30));

    [Fact]
    public void Learn_takes_several_failures_in_a_row_for_an_outage()
    {
        Learn(Down, DestinationCircuit.FailuresOfOutage - 1);
        Assert.Equal((GateState.Accepting, An.Noon), (_circuit.State, _circuit.Since));
        Learn(Accepted, 1);
        Assert.Null(_circuit.Problem);
        Learn(Down, DestinationCircuit.FailuresOfOutage - 1);
        Assert.Equal(GateState.Accepting, _circuit.State);
        Learn(Down, 1);
        Assert.Equal((GateState.Away, "status 503"), (_circuit.State, _circuit.Problem));
    }

    [Fact]
    public void Learn_never_takes_refusals_of_too_much_for_an_outage()
    {
        for (var i = 0; i < 100; i++)
        {
            Learn(Down, DestinationCircuit.FailuresOfOutage - 1);
            Learn(TooMany, 1);
        }
        Assert.Equal(GateState.Accepting, _circuit.State);
    }

    [Fact]
    public void Learn_doubles_the_time_between_tries_up_to_a_bound()
    {
        Learn(Down, DestinationCircuit.FailuresOfOutage);
        var pauses = new List<double>();
        for (var now = An.Noon; pauses.Count < 8;)
        {
            pauses.Add((_circuit.NextProbeAt - now).TotalSeconds);
            now = _circuit.NextProbeAt;
            _circuit.Learn(Down, isProbe: true, now);
        }
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], pauses);
    }

    [Fact]
    public void Learn_does_not_count_what_was_under_way_as_a_try()
    {
        Learn(Down, DestinationCircuit.FailuresOfOutage);
        Learn(Down, 50);
        Assert.Equal(An.Noon + DestinationCircuit.FirstPause, _circuit.NextProbeAt);
    }

    [Fact]
    public void Learn_ends_an_outage_after_a_few_answers_and_until_then_one_failure_goes_on_with_it()
    {
        Learn(Down, DestinationCircuit.FailuresOfOutage);
        _circuit.Learn(Accepted, isProbe: true, An.Noon.AddMinutes(1));
        Assert.Equal((GateState.Returning, true), (_circuit.State, _circuit.IsOutage));
        _circuit.Learn(Down, isProbe: false, An.Noon.AddMinutes(2));
        Assert.Equal((GateState.Away, An.Noon, true), (_circuit.State, _circuit.Since!.Value, _circuit.IsOutage));
        Assert.Equal(TimeSpan.FromSeconds(2), _circuit.NextProbeAt - An.Noon.AddMinutes(2));

        Learn(Accepted, DestinationCircuit.AnswersOfReturn - 1);
        Assert.True(_circuit.IsOutage);
        Learn(Accepted, 1);
        Assert.Equal((GateState.Accepting, false), (_circuit.State, _circuit.IsOutage));
        Assert.Null(_circuit.Since);
    }

    [Fact]
    public void Learn_knows_a_refused_key_from_an_outage()
    {
        Learn(WrongKey, 1);
        Assert.Equal((GateState.KeyRefused, 401, false), (_circuit.State, _circuit.KeyStatus, _circuit.IsOutage));
        // Neither says anything about the key.
        _circuit.Learn(Down, isProbe: true, An.Noon.AddMinutes(1));
        _circuit.Learn(TooMany, isProbe: true, An.Noon.AddMinutes(2));
        Assert.Equal((GateState.KeyRefused, An.Noon.AddMinutes(2.5), An.Noon), (_circuit.State, _circuit.NextProbeAt, _circuit.Since!.Value));
        Learn(Accepted, 1);
        Assert.Equal((GateState.Accepting, null), (_circuit.State, _circuit.KeyStatus));
    }

    private void Learn(DestinationAnswer answer, int times)
    {
        for (var i = 0; i < times; i++)
            _circuit.Learn(answer, isProbe: false, An.Noon);
    }
}
