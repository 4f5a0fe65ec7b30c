namespace CustomerResolution.TakingNotices;

/// <summary>Body of <c>POST /loyalty-cards/registered</c>. Personal data: never logged.</summary>
internal sealed class CardNotice
{
    /// <summary>The card's number, written as on any receipt.</summary>
    public string? Card { get; init; }

    /// <summary>The holder's e-mail address, where the sender has it.</summary>
    public string? Email { get; init; }
}
