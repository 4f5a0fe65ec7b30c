using Contracts.CustomerResolution;
using OrderJourney.StoringJourneys;

namespace OrderJourney.Tests.StoringJourneys;

public sealed class JourneyJsonTests
{
    [Theory]
    [InlineData("Blocked", SuppressionReason.Blocked)]
    [InlineData("AddedLater", SuppressionReason.Unknown)]
    [InlineData("1000", SuppressionReason.Unknown)]
    [InlineData(null, null)]
    public void A_reason_that_a_later_version_wrote_is_unknown(string? name, SuppressionReason? reason) => Assert.Equal(reason, JourneyJson.Reason<SuppressionReason>(name));
}
