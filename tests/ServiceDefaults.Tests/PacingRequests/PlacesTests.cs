using ServiceDefaults.PacingRequests;

namespace ServiceDefaults.Tests.PacingRequests;

public sealed class PlacesTests
{
    [Fact]
    public async Task Enter_given_up_takes_nobody_s_place()
    {
        var places = new Places(1, TimeProvider.System);
        using var patience = new CancellationTokenSource();
        var until = TimeProvider.System.GetUtcNow().AddMinutes(1);
        Assert.True(await places.Enter(false, until, default));
        var (impatient, patient, first) = (places.Enter(false, until, patience.Token), places.Enter(false, until, default), places.Enter(true, until, default));

        await patience.CancelAsync();
        places.Leave();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.True(await first.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.False(patient.IsCompleted);
        places.Leave();
        Assert.True(await patient.WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
