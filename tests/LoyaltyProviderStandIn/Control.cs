namespace LoyaltyProviderStandIn;

/// <summary>The routes a test or an operator of the stand-in uses; they need no key.</summary>
internal static class Control
{
    public static void MapControl(this IEndpointRouteBuilder routes, Members members, Members contacts, Faults faults, RequestLog log)
    {
        routes.MapPut("/stand-in/members", (Member[] put) => Put(members, put));
        routes.MapDelete("/stand-in/members", members.Clear);
        routes.MapPut("/stand-in/contacts", (Member[] put) => Put(contacts, put));
        routes.MapDelete("/stand-in/contacts", contacts.Clear);
        routes.MapPut("/stand-in/faults", (Fault fault) =>
        {
            if (fault.Problem is { } problem)
                return LoyaltyProvider.Error(400, "bad_fault", problem);
            faults.Set(fault);
            return Results.NoContent();
        });
        routes.MapDelete("/stand-in/faults", faults.Clear);
        routes.MapGet("/stand-in/requests", (int? last) => log.Read(last ?? 100));
        routes.MapDelete("/stand-in/requests", log.Clear);
    }

    private static IResult Put(Members members, Member[] put) =>
        put.Any(member => string.IsNullOrWhiteSpace(member.Card)) ? LoyaltyProvider.Error(400, "bad_member", "every member needs a card")
        : members.TryPut(put) ? Results.Ok(new { cards = members.Count })
        : LoyaltyProvider.Error(413, "too_many_members", $"no more than {Members.MaxCards} cards");
}
