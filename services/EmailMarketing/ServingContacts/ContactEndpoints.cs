using EmailMarketing.RememberingPurchases;

namespace EmailMarketing.ServingContacts;

/// <summary>What an e-mail platform asks for: one contact, or all of them as a file.</summary>
internal static class ContactEndpoints
{
    public static void MapContacts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contacts/{email}", One).WithName("contact").WithSummary("The last in-store purchase of one contact");
        routes.MapGet("/contacts.csv", All).WithName("contacts").WithSummary("Every contact with the last in-store purchase, as CSV");
    }

    private static async Task<IResult> One(string email, Contacts contacts, CancellationToken cancellationToken) =>
        await contacts.Find(email, cancellationToken) is { } contact
            ? Results.Ok(contact)
            // The address is not repeated: answers end up in other people's logs.
            : Results.Problem("There is no contact with this address.", statusCode: StatusCodes.Status404NotFound, title: "No such contact");

    private static async Task All(HttpContext http, Contacts contacts, ILogger<ContactsCsv> log, CancellationToken cancellationToken) =>
        LogMessages.ContactsExported(log, await new ContactsCsv(contacts).Write(http.Response, cancellationToken));
}
