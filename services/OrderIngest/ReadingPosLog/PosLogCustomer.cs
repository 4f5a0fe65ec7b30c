using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>
/// Who bought: the loyalty card where one was shown, else the customer's number. A number without a digit is a till's constant and no one's; a masked one is of
/// no use; the card that was paid with is never read.
/// </summary>
internal static class PosLogCustomer
{
    public static void Read(XmlPart transaction, XmlPart retail, Receipt receipt)
    {
        var accounts = retail.All("LoyaltyAccount").Concat(transaction.All("LoyaltyAccount")).Concat(retail.All("LineItem").SelectMany(item => item.All("LoyaltyAccount"))).ToList();
        receipt.LoyaltyCard = accounts.Select(Card).FirstOrDefault(IsSomebody) ?? Membership(retail);
        var customers = retail.All("Customer").Concat(transaction.All("Customer")).Concat(retail.All("LineItem").SelectMany(item => item.All("Customer"))).ToList();
        receipt.CustomerNumber = customers.Concat(accounts).Select(part => part.TextOf("CustomerID")).FirstOrDefault(IsSomebody);
        receipt.Email = customers.SelectMany(customer => Anywhere(customer, "EMailAddress", "EmailAddress", "EMail", "Email")).FirstOrDefault(text => text.Contains('@', StringComparison.Ordinal));
        receipt.Phone = customers.SelectMany(customer => Anywhere(customer, "FullTelephoneNumber", "TelephoneNumber", "LocalNumber")).FirstOrDefault(IsSomebody);
    }

    private static string? Card(XmlPart account) =>
        account.Child("LoyaltyCard")?.TextOf("PrimaryAccountNumber", "LoyaltyCardNumber", "CardNumber")
        ?? account.All("LoyaltyProgram").Select(program => program.TextOf("LoyaltyAccountID", "LoyaltyID")).FirstOrDefault(IsSomebody)
        ?? account.TextOf("LoyaltyAccountID", "LoyaltyID", "LoyaltyCardNumber", "LoyaltyCard", "AccountNumber");

    // A vendor's element, at the line at which the card was read.
    private static string? Membership(XmlPart retail) => retail.All("LineItem").SelectMany(item => item.Anywhere("LoyaltyMembership"))
        .SelectMany(membership => Anywhere(membership, "LoyaltyID", "MembershipID")).FirstOrDefault(IsSomebody);

    private static IEnumerable<string> Anywhere(XmlPart part, params string[] names) => names.SelectMany(part.Anywhere).Select(found => found.Text).Where(text => text.Length > 0);

    private static bool IsSomebody(string? id) => id is not null && id.Any(char.IsAsciiDigit) && !id.Contains('*', StringComparison.Ordinal) && id.Any(mark => mark is not '0' and not ' ');
}
