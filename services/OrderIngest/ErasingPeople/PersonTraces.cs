using System.Text;
using System.Text.Json;
using System.Web;

namespace OrderIngest.ErasingPeople;

/// <summary>
/// Tells whether bytes of any format hold one of a person's identifiers, however that format writes it: other case, escaped for JSON, XML or addresses, in one byte per
/// character or two. Rather too often than too seldom: what it finds is input that nobody accepted.
/// </summary>
internal sealed class PersonTraces
{
    private readonly List<string> _forms;

    public PersonTraces(IEnumerable<string> identifiers) => _forms = [.. identifiers.Select(one => one.Trim()).Where(one => one.Length > 2).SelectMany(Forms).Select(form => form.ToLowerInvariant()).Distinct()];

    /// <summary>False where there is nothing to look for either.</summary>
    public bool In(byte[]? bytes)
    {
        if (bytes is null || bytes.Length == 0 || _forms.Count == 0)
            return false;
        // Two bytes per character are one and a NUL, for everything that an identifier is made of.
        var plain = Array.IndexOf(bytes, (byte)0) < 0 ? bytes : [.. bytes.Where(one => one != 0)];
        var (utf8, latin) = (Encoding.UTF8.GetString(plain).ToLowerInvariant(), Encoding.Latin1.GetString(plain).ToLowerInvariant());
        return _forms.Any(form => utf8.Contains(form, StringComparison.Ordinal) || latin.Contains(form, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Forms(string identifier)
    {
        yield return identifier;
        yield return JsonEncodedText.Encode(identifier).ToString();
        yield return identifier.Replace("/", "\\/", StringComparison.Ordinal);
        yield return HttpUtility.HtmlEncode(identifier);
        yield return Uri.EscapeDataString(identifier);
    }
}
