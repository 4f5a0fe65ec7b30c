using System.Text.Json;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>One rule of the configuration, ready to be applied.</summary>
internal sealed class AnswerRule(AnswerRuleOptions options)
{
    private readonly TextPath _path = TextPath.Parse(options.Path!);
    private readonly HashSet<string> _values = new(options.Values ?? [], StringComparer.OrdinalIgnoreCase);
    private readonly bool _missing = options.Missing;

    /// <summary>Whether the rule fits. Nothing is missing from an answer that says what went wrong: an error has another body anyhow.</summary>
    public bool Fits(JsonElement body, bool isSuccess) => _missing ? isSuccess && _path.IsMissing(body) : _path.ReadTexts(body).Any(_values.Contains);
}
