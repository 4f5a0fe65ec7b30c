namespace FaultLab.RaisingStorms;

/// <summary>When what goes wrong: a deck of all faults, shuffled and dealt evenly. Everything follows from the seed and the length.</summary>
internal static class Schedule
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(4);
    private static readonly string[] Services = ["OrderIngest", "CustomerResolution", "ProfileStoreSender", "OrderJourney", "EmailMarketing"];
    private static readonly string[] Queues = ["customer-resolution", "profile-store-sender", "profile-store-sender-consents", "order-journey"];

    private static readonly string[] Bindings =
    [
        "orders>customer-resolution", "orders>order-journey", "customers-resolved>profile-store-sender", "customers-resolved>order-journey",
        "customer-resolutions-failed>order-journey", "orders-tracked>order-journey",
        "loyalty-cards-registered>order-journey", "customer-consents-changed>profile-store-sender-consents",
    ];

    public static IReadOnlyList<PlannedFault> Of(int seed, TimeSpan length)
    {
        var random = new Random(seed);
        var cards = Deck(random);
        var wholeDecks = (int)(length / (Shortest * cards.Count));
        var count = wholeDecks > 0 ? wholeDecks * cards.Count : Math.Max(1, (int)(length / Shortest));
        while (cards.Count < count)
            cards.AddRange(Deck(random));
        return
        [
            .. cards.Take(count).Select((card, index) => new PlannedFault(
                Seconds((index + 0.5 * random.NextDouble()) * length.TotalSeconds / count), card.Kind, card.Target,
                Seconds(card.Shortest + random.NextDouble() * (card.Longest - card.Shortest)))),
        ];
    }

    private static List<Card> Deck(Random random)
    {
        Card[] deck =
        [
            .. Services.Select(service => new Card(FaultKind.KillService, service, 0.5, 3)),
            .. Any(Services, 3).Select(service => new Card(FaultKind.PauseService, service, 6, 9)),
            new(FaultKind.StopBroker, "", 0, 3), new(FaultKind.KillBroker, "", 0, 3),
            new(FaultKind.StopDatabase, "INT", 0, 3), new(FaultKind.StopDatabase, "QUIT", 0, 3), new(FaultKind.StopDatabase, "KILL", 0, 3),
            new(FaultKind.CloseConnections, "", 0, 0), new(FaultKind.EndSessions, "", 0, 0),
            .. ((string[])["429", "500", "slow", "drop after storing", "drop before storing"]).Select(how => new Card(FaultKind.ProfileStore, how, 3, 6)),
            .. ((string[])["429", "500", "slow", "drop"]).Select(how => new Card(FaultKind.LoyaltyProvider, how, 3, 6)),
            new(FaultKind.CopyMessages, "", 0, 0),
            .. Any(Queues, 1).Select(queue => new Card(FaultKind.DeleteQueue, queue, 0, 0)),
            .. Any(Bindings, 1).Select(binding => new Card(FaultKind.DeleteBinding, binding, 0, 0)),
            new(FaultKind.FillJournal, "", 6, 8),
        ];
        random.Shuffle(deck);
        return [.. deck];

        string[] Any(string[] all, int count)
        {
            string[] shuffled = [.. all];
            random.Shuffle(shuffled);
            return shuffled[..count];
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));

    private sealed record Card(FaultKind Kind, string Target, double Shortest, double Longest);
}
