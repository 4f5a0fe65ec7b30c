using System.Security.Cryptography;
using System.Text;

namespace LoyaltyProviderStandIn.Dialects;

/// <summary>
/// One provider's own routes, authentication and error bodies, below a prefix of its name. Shows the members of the stand-in in that
/// provider's form; a card nobody put in is nobody's.
/// </summary>
internal abstract class Dialect : IManners
{
    /// <summary>The names of all dialects.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All(TimeProvider.System).Select(dialect => dialect.Name)];

    public abstract string Name { get; }

    /// <summary>All dialects, new.</summary>
    public static IReadOnlyList<Dialect> All(TimeProvider time) =>
        [new Antavo(time), new Voucherify(time), new TalonOne(), new SalesforceLoyalty(), new OpenLoyalty(), new LoyaltyLion(), new SquareLoyalty()];

    /// <summary>Adds the routes.</summary>
    public abstract void Map(IEndpointRouteBuilder routes, AskedRoutes asked, Members members);

    public abstract bool Knows(HttpRequest request);

    public abstract IResult Refuse(HttpResponse response, int status);

    /// <summary>Compares secrets.</summary>
    protected static bool IsSame(string? given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given ?? ""), Encoding.UTF8.GetBytes(expected));

    protected static string FirstName(Member member) => member.Name?.Split(' ')[0] ?? "";

    protected static string LastName(Member member) => member.Name is { } name && name.Contains(' ', StringComparison.Ordinal) ? name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..] : "";
}
