namespace EmailMarketing.ErasingPeople;

/// <summary>For operators who may erase.</summary>
internal static class ErasedContactRoutes
{
    public static void MapErasedContacts(this RouteGroupBuilder routes) =>
        routes.MapDelete("/{customerKey}", Lift).WithName("lift-erasure").WithSummary("Purchases of an erased person make a contact again");

    private static async Task<IResult> Lift(string customerKey, ContactErasure contacts, TimeProvider time, CancellationToken cancellationToken) =>
        await contacts.Lift(customerKey, time.GetUtcNow(), cancellationToken)
            ? Results.NoContent()
            : Results.Problem("Nobody with this key was erased.", statusCode: StatusCodes.Status404NotFound, title: "Not erased");
}
