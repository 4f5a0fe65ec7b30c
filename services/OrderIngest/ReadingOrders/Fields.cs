using System.Globalization;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// The fields of one part of an order (the order itself, a line, the totals), whatever format it came in. Each reading notes its own fault,
/// so that the rules need not stop at the first.
/// </summary>
internal abstract class Fields(List<Fault> faults)
{
    protected const decimal Largest = 1_000_000_000_000m;
    protected const NumberStyles PlainNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>Where a field is, in the words of the input's format.</summary>
    public abstract string At(string name);

    public void Fault(string name, string says) => faults.Add(new(At(name), says));

    /// <summary>Trimmed; blank counts as absent.</summary>
    public string? Text(string name, int longest)
    {
        var raw = Raw(name);
        switch (raw.Kind)
        {
            case RawKind.Absent:
                return null;
            case RawKind.Text:
                var text = raw.Text!.Trim();
                if (text.Length > longest)
                    Fault(name, $"is longer than {longest} characters");
                else if (text.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0 || text.AsSpan().IndexOfAnyInRange('\u007F', '\u009F') >= 0)
                    Fault(name, "contains a control character");
                return text.Length == 0 ? null : text;
            case RawKind.Broken:
                Fault(name, raw.Text!);
                return null;
            default:
                Fault(name, "must be text");
                return null;
        }
    }

    public string RequiredText(string name, int longest) => Required(name, fields => fields.Text(name, longest)) ?? "";

    public virtual decimal? Number(string name)
    {
        var raw = Raw(name);
        if (raw.Kind == RawKind.Absent || raw.Kind == RawKind.Text && string.IsNullOrWhiteSpace(raw.Text))
            return null;
        if (raw.Kind == RawKind.Broken)
        {
            Fault(name, raw.Text!);
            return null;
        }
        // Money often comes as text; a thousands separator or a comma is refused rather than guessed at.
        decimal number;
        if (raw.Kind == RawKind.Number)
            number = raw.Number;
        else if (raw.Kind != RawKind.Text || raw.Text!.Length > Lengths.Value || !decimal.TryParse(raw.Text.Trim(), PlainNumber, CultureInfo.InvariantCulture, out number))
        {
            Fault(name, "must be a number with a decimal point");
            return null;
        }
        if (Math.Abs(number) <= Largest)
            return number;
        Fault(name, "is beyond 1,000,000,000,000");
        return null;
    }

    public decimal? RequiredNumber(string name) => Required(name, fields => fields.Number(name));

    /// <summary>A number without decimals, 1 or more.</summary>
    public int RequiredPosition(string name)
    {
        var number = RequiredNumber(name);
        if (number is null)
            return 0;
        if (number >= 1 && number <= int.MaxValue && number == decimal.Truncate(number.Value))
            return (int)number;
        Fault(name, "must be a whole number of 1 or more");
        return 0;
    }

    public bool? Flag(string name)
    {
        var raw = Raw(name);
        switch (raw.Kind)
        {
            case RawKind.Absent:
                return null;
            case RawKind.True:
                return true;
            case RawKind.False:
                return false;
            case RawKind.Text when string.IsNullOrWhiteSpace(raw.Text):
                return null;
            case RawKind.Text when bool.TryParse(raw.Text, out var flag):
                return flag;
            default:
                Fault(name, raw.Kind == RawKind.Broken ? raw.Text! : "must be true or false");
                return null;
        }
    }

    public DateOnly? Date(string name)
    {
        if (Text(name, Lengths.Value) is not { } text)
            return null;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            Fault(name, "must be a date like 2026-11-20");
        else if (date.Year < 2000)
            Fault(name, "is before the year 2000");
        else
            return date;
        return null;
    }

    public DateOnly? RequiredDate(string name) => Required(name, fields => fields.Date(name));

    protected abstract RawValue Raw(string name);

    // "Is required" is said only where nothing else was said about the same field.
    private T? Required<T>(string name, Func<Fields, T?> read)
    {
        var before = faults.Count;
        var value = read(this);
        if (value is null && faults.Count == before)
            Fault(name, "is required");
        return value;
    }
}
