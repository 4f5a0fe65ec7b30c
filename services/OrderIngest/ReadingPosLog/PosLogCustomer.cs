using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>
/// Who bought: the loyalty card where one was shown, and the customer's number. A number without a digit is a till's constant and no one's; a masked one is of
/// no use; the card that was paid with is never read.
/// </summary>
internal static class PosLogCustomer
{
    private const int ShortestAccount = 2;

    public static void Read(RetailParts parts, Receipt receipt)
    {
        var (accounts, customers) = (new List<XmlPart>(), new List<XmlPart>());
        Add(parts.Retail);
        if (parts.Transaction != parts.Retail)
            Add(parts.Transaction);
        foreach (var item in parts.Items)
            Add(item);
        receipt.LoyaltyCard = First(accounts, Card) ?? First(parts.Items, Membership)
            ?? Somebody(parts.Retail.Says("LoyaltyID", "LoyaltyAccountID", "LoyaltyCardNumber", "LoyaltyNumber", "MembershipID"))
            ?? First(customers, customer => Somebody(customer.Says("ScanData", "LoyaltyCardNumber", "LoyaltyCardID", "MembershipID", "MemberID")));
        receipt.CustomerNumber = First(customers, part => Somebody(part.TextOf("CustomerID"))) ?? First(accounts, part => Somebody(part.TextOf("CustomerID"))) ?? Somebody(parts.Retail.TextOf("CustomerID"));
        receipt.Email = First(customers, customer => Below(customer, text => text.Contains('@', StringComparison.Ordinal), "EMailAddress", "EmailAddress", "EMail", "Email"));
        receipt.Phone = First(customers, customer => Below(customer, text => Somebody(text) is not null, "FullTelephoneNumber", "TelephoneNumber", "LocalNumber", "PhoneNumber"));

        void Add(XmlPart part)
        {
            accounts.AddRange(part.All("LoyaltyAccount"));
            customers.AddRange(part.All("Customer"));
            // A vendor's own customer stands in for the standard's.
            customers.AddRange(part.Children.Where(child => child.Name == "Customer" && child.Prefix != part.Prefix));
        }
    }

    private static string? First(IReadOnlyList<XmlPart> parts, Func<XmlPart, string?> read)
    {
        foreach (var part in parts)
        {
            if (read(part) is { } found)
                return found;
        }
        return null;
    }

    private static string? Card(XmlPart account)
    {
        if (account.Child("LoyaltyCard") is { } card && Somebody(card.TextOf("PrimaryAccountNumber", "LoyaltyCardNumber", "CardNumber", "LoyaltyCardID")) is { } onCard)
            return onCard;
        // A number for each of several programmes, or a short one, is an account of points that many customers have.
        var inPrograms = account.All("LoyaltyProgram").Select(program => program.TextOf("LoyaltyAccountID", "LoyaltyID")).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (inPrograms is [{ Length: > ShortestAccount } only] && Somebody(only) is { } inProgram)
            return inProgram;
        return Somebody(account.TextOf("LoyaltyAccountID", "LoyaltyID", "LoyaltyCardNumber", "LoyaltyCard", "AccountNumber"));
    }

    // A vendor's element, at the line at which the card was read.
    private static string? Membership(XmlPart item)
    {
        foreach (var part in item.Children)
        {
            if (part.Name is "LoyaltyMembership" or "Loyalty" or "LoyaltyCard" && Below(part, text => Somebody(text) is not null, "LoyaltyID", "MembershipID", "LoyaltyCardNumber", "LoyaltyAccountID") is { } id)
                return id;
        }
        return null;
    }

    private static string? Below(XmlPart part, Func<string, bool> isIt, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var found in part.Anywhere(name))
            {
                if (found.Text.Length > 0 && isIt(found.Text))
                    return found.Text;
            }
        }
        return null;
    }

    private static string? Somebody(string? id) =>
        id is not null && id.Any(char.IsAsciiDigit) && !id.Contains('*', StringComparison.Ordinal) && id.Any(mark => mark is not '0' and not ' ') ? id : null;
}
