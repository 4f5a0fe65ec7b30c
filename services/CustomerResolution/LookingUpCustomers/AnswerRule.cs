using System.Text.Json;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>One rule of the configuration, ready to be applied.</summary>
internal sealed class AnswerRule(AnswerRuleOptions options)
{
    private readonly TextPath _path = TextPath.Parse(options.Path!);
    private readonly HashSet<string> _values = new(options.Values ?? [], StringComparer.OrdinalIgnoreCase);
    private readonly bool _missing = options.Missing;

    public bool Fits(JsonElement body) => _missing ? _path.IsMissing(body) : _path.ReadTexts(body).Any(_values.Contains);
}
