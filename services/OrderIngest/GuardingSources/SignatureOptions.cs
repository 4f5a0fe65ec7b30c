namespace OrderIngest.GuardingSources;

/// <summary>Section <c>OrderIngest:Sources:&lt;source&gt;:Signature</c>: the source signs its requests. Without secrets it need not.</summary>
internal sealed class SignatureOptions
{
    private const int FewestBytes = 32, MostSecrets = 5;

    /// <summary>Secrets shared with the source, base64 of at least 32 random bytes; a signature with any of them is right, so that they can be exchanged.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>How far the source's clock and the way to here may put a request's time from ours. Default 5 min; 1 s to 1 h.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong, by key below the source. Never says anything about a secret itself.</summary>
    public IEnumerable<(string Key, string Says)> Faults()
    {
        for (var n = 0; n < Secrets.Count; n++)
        {
            if (Bytes(Secrets[n]) is not { Length: >= FewestBytes })
                yield return ($"{nameof(SourceOptions.Signature)}:{nameof(Secrets)}:{n}", $"is not the base64 of at least {FewestBytes} bytes: openssl rand -base64 {FewestBytes}");
        }
        if (Secrets.Count > MostSecrets)
            yield return ($"{nameof(SourceOptions.Signature)}:{nameof(Secrets)}", $"has more than {MostSecrets} secrets");
        if (Window < TimeSpan.FromSeconds(1) || Window > TimeSpan.FromHours(1))
            yield return ($"{nameof(SourceOptions.Signature)}:{nameof(Window)}", "is not between 00:00:01 and 01:00:00");
    }

    /// <summary>The secrets as bytes; only for options without faults.</summary>
    public IReadOnlyList<byte[]> Bytes() => [.. Secrets.Select(secret => Convert.FromBase64String(secret.Trim()))];

    private static byte[]? Bytes(string secret)
    {
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret.Trim(), bytes, out var written) ? bytes[..written] : null;
    }
}
