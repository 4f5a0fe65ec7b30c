using System.Buffers;
using System.Text;

namespace OrderIngest.ReadingPosLog;

/// <summary>The next piece of markup that matters for finding transactions.</summary>
/// <param name="Kind">What it is; <see cref="TagKind.None"/> when nothing is in sight.</param>
/// <param name="Start">Where it begins; for none, up to where everything was looked at.</param>
/// <param name="End">The byte behind it.</param>
internal readonly record struct Tag(TagKind Kind, int Start, int End = 0)
{
    /// <summary>Longest piece of markup that is waited for; a longer one is not taken for one.</summary>
    public const int Longest = 32 * 1024;

    /// <summary>Element's name with its prefix, or a declaration's encoding; only between transactions.</summary>
    public string? Name { get; init; }

    /// <summary>An element without content.</summary>
    public bool IsEmpty { get; init; }

    private static readonly SearchValues<byte> EndsOfName = SearchValues.Create(" \t\r\n/>"u8);

    private static ReadOnlySpan<byte> Transaction => "Transaction"u8;

    /// <summary>Looks between transactions: for the beginning of the next, the outermost element, the declaration.</summary>
    /// <param name="bytes">What is there.</param>
    /// <param name="isAll">Nothing comes behind these bytes.</param>
    public static Tag Between(ReadOnlySpan<byte> bytes, bool isAll)
    {
        for (var at = 0; ; at++)
        {
            var next = bytes[at..].IndexOf((byte)'<');
            if (next < 0)
                return new(TagKind.None, bytes.Length);
            at += next;
            var rest = bytes[at..];
            var length = Measure(rest);
            if (length == 0 && !isAll && rest.Length < Longest)
                return new(TagKind.None, at);
            // What is not closed is not markup, whatever it looks like.
            if (length == 0)
                continue;
            if (Look(rest[..length]) is { } kind)
                return Of(kind, rest[..length], at);
            at += length - 1;
        }
    }

    /// <summary>Looks inside of a transaction for its end, or for the beginning of the next one of the same name and prefix: a vendor's own has another prefix.</summary>
    /// <param name="bytes">What is there.</param>
    /// <param name="name">The transaction's name with its prefix.</param>
    /// <param name="isAll">Nothing comes behind these bytes.</param>
    public static Tag Inside(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name, bool isAll)
    {
        for (var at = 0; ; at++)
        {
            var next = bytes[at..].IndexOf((byte)'<');
            if (next < 0)
                return new(TagKind.None, bytes.Length);
            at += next;
            var rest = bytes[at..];
            var isShort = rest.Length < Math.Max(9, name.Length + 3);
            if (isShort && !isAll)
                return new(TagKind.None, at);
            var isEnd = rest.Length > 1 && rest[1] == '/';
            if (!rest.StartsWith("<!"u8) && !NameIn(rest, name.Length).SequenceEqual(name))
                continue;
            var length = Measure(rest);
            if (length == 0 && !isAll && rest.Length < Longest)
                return new(TagKind.None, at);
            if (length == 0)
                continue;
            if (rest[1] != '!')
                return new(isEnd ? TagKind.End : TagKind.Begin, at, at + length) { IsEmpty = rest[length - 2] == '/' };
            at += length - 1;
        }
    }

    private static Tag Of(TagKind kind, ReadOnlySpan<byte> tag, int at) => new(kind, at, at + tag.Length)
    {
        IsEmpty = kind is TagKind.Begin or TagKind.OtherBegin && tag.Length > 2 && tag[^2] == '/',
        Name = kind == TagKind.Declaration ? EncodingIn(tag) : Encoding.UTF8.GetString(NameIn(tag, tag.Length)),
    };

    /// <summary>Length of the markup that begins here, 0 when its end is not in sight.</summary>
    private static int Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("<!--"u8))
            return After(bytes, "-->"u8);
        if (bytes.StartsWith("<![CDATA["u8))
            return After(bytes, "]]>"u8);
        if (bytes.StartsWith("<?"u8))
            return After(bytes, "?>"u8);
        // Too short to tell a comment from an element.
        if (bytes.Length < 9 && bytes.Length > 1 && bytes[1] == '!')
            return 0;
        byte quote = 0;
        for (var at = 1; at < bytes.Length; at++)
        {
            var found = quote == 0 ? bytes[at..].IndexOfAny("\"'<>"u8) : bytes[at..].IndexOfAny(quote, (byte)'<');
            if (found < 0)
                return 0;
            at += found;
            switch (bytes[at])
            {
                case (byte)'<':
                    // Not allowed inside a tag: it was damaged, and ends here for our purpose.
                    return at;
                case (byte)'>' when quote == 0:
                    return at + 1;
                case var mark:
                    quote = quote == 0 ? mark : (byte)0;
                    break;
            }
        }
        return 0;
    }

    private static int After(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> end)
    {
        var found = bytes.IndexOf(end);
        return found < 0 ? 0 : found + end.Length;
    }

    private static TagKind? Look(ReadOnlySpan<byte> tag)
    {
        if (tag.Length > 1 && tag[1] is (byte)'!')
            return null;
        if (tag.Length > 1 && tag[1] is (byte)'?')
            return tag.StartsWith("<?xml "u8) ? TagKind.Declaration : null;
        var isEnd = tag.Length > 1 && tag[1] == '/';
        var name = NameIn(tag, tag.Length);
        if (name[(name.LastIndexOf((byte)':') + 1)..].SequenceEqual(Transaction))
            return isEnd ? TagKind.End : TagKind.Begin;
        return name.IsEmpty ? null : isEnd ? TagKind.OtherEnd : TagKind.OtherBegin;
    }

    /// <summary>The name of the element; empty when it is longer than asked for, or cut off.</summary>
    private static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> tag, int longest)
    {
        var name = tag[(tag.Length > 1 && tag[1] == '/' ? 2 : 1)..];
        if (name.Length > longest + 1)
            name = name[..(longest + 1)];
        var end = name.IndexOfAny(EndsOfName);
        return end < 0 ? [] : name[..end];
    }

    private static string? EncodingIn(ReadOnlySpan<byte> declaration)
    {
        var at = declaration.IndexOf("encoding"u8);
        if (at < 0)
            return null;
        var rest = declaration[(at + 8)..];
        var open = rest.IndexOfAny((byte)'"', (byte)'\'');
        if (open < 0)
            return null;
        var length = rest[(open + 1)..].IndexOf(rest[open]);
        return length < 0 ? null : Encoding.ASCII.GetString(rest.Slice(open + 1, length));
    }
}

internal enum TagKind
{
    None,
    Begin,
    End,
    Declaration,
    OtherBegin,
    OtherEnd,
}
