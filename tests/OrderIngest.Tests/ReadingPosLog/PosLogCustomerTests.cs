using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using static OrderIngest.Tests.ReadingPosLog.PosLogText;

namespace OrderIngest.Tests.ReadingPosLog;

public sealed class PosLogCustomerTests
{
    [Theory]
    [InlineData("<LoyaltyAccount><LoyaltyCard><PrimaryAccountNumber>T17</PrimaryAccountNumber></LoyaltyCard></LoyaltyAccount>")]
    [InlineData("<LoyaltyAccount><CustomerID>everybody</CustomerID><LoyaltyProgram><LoyaltyProgramID>FAMILY 1</LoyaltyProgramID><LoyaltyAccountID>T17</LoyaltyAccountID></LoyaltyProgram></LoyaltyAccount>")]
    [InlineData("<LoyaltyAccount><LoyaltyAccountID>T17</LoyaltyAccountID></LoyaltyAccount>")]
    [InlineData("<LineItem><SequenceNumber>9</SequenceNumber><LoyaltyAccount><LoyaltyID>T17</LoyaltyID></LoyaltyAccount></LineItem>")]
    [InlineData("<LineItem><SequenceNumber>9</SequenceNumber><x:LoyaltyMembership><x:LoyaltyID Type=\"Membership\">T17</x:LoyaltyID><x:HouseholdID>000</x:HouseholdID></x:LoyaltyMembership></LineItem>")]
    [InlineData("<LoyaltyAccount><LoyaltyAccountID>0000</LoyaltyAccountID></LoyaltyAccount><LoyaltyAccount><LoyaltyAccountID>T17</LoyaltyAccountID></LoyaltyAccount>")]
    [InlineData("<x:LoyaltyCardNumber>T17</x:LoyaltyCardNumber>")]
    [InlineData("<LoyaltyAccount><LoyaltyProgram><LoyaltyAccountID>4</LoyaltyAccountID></LoyaltyProgram><LoyaltyProgram><LoyaltyAccountID>100</LoyaltyAccountID></LoyaltyProgram></LoyaltyAccount><Customer><x:ScanData>T17</x:ScanData></Customer>")]
    public async Task The_loyalty_card_is_found_where_tills_write_it(string part) => Assert.Equal("T17", (await Read(part)).LoyaltyCard);

    [Theory]
    // The card that was paid with, a masked one, a till's constant, points without a card.
    [InlineData("<LineItem><Tender><Amount>10</Amount><CreditDebit><PrimaryAccountNumber>4111111111111111</PrimaryAccountNumber></CreditDebit></Tender></LineItem>")]
    [InlineData("<LoyaltyAccount><LoyaltyAccountID>****4711</LoyaltyAccountID></LoyaltyAccount>")]
    [InlineData("<LoyaltyAccount><LoyaltyAccountID>everybody</LoyaltyAccountID></LoyaltyAccount>")]
    [InlineData("<LoyaltyAccount><LoyaltyProgram><Points>17</Points></LoyaltyProgram></LoyaltyAccount>")]
    [InlineData("<LoyaltyAccount><LoyaltyProgram><LoyaltyAccountID>12</LoyaltyAccountID><Points>17</Points></LoyaltyProgram></LoyaltyAccount>")]
    [InlineData("<LoyaltyAccount><LoyaltyProgram><LoyaltyAccountID>1041</LoyaltyAccountID></LoyaltyProgram><LoyaltyProgram><LoyaltyAccountID>1042</LoyaltyAccountID></LoyaltyProgram></LoyaltyAccount>")]
    [InlineData("<x:Customer><x:Identifier Type=\"CardToken\">B216AD</x:Identifier></x:Customer>")]
    [InlineData("<Customer><CustomerID>0</CustomerID></Customer>")]
    [InlineData("<LoyaltyAccount><LoyaltyAccountID>99999</LoyaltyAccountID></LoyaltyAccount><Customer><CustomerID>CASH-1</CustomerID></Customer>")]
    [InlineData("<LoyaltyAccount><CustomerID>cash-1</CustomerID></LoyaltyAccount>")]
    public async Task What_stands_for_nobody_is_nobody(string part) => Assert.Equal(new(), await Read(part));

    [Fact]
    public async Task Number_mail_and_phone_come_from_the_customer()
    {
        var customer = await Read(
            "<Customer Gender=\"Female\"><CustomerID>22000129</CustomerID><Name>Pat</Name><eMail><EMailAddress>pat@shop.example</EMailAddress></eMail><Telephone><FullTelephoneNumber>+46 1</FullTelephoneNumber></Telephone></Customer>" +
            "<LoyaltyAccount><CustomerID>7</CustomerID><LoyaltyCard><PrimaryAccountNumber>T17</PrimaryAccountNumber></LoyaltyCard></LoyaltyAccount>");
        Assert.Equal(new() { LoyaltyCard = "T17", CustomerNumber = "22000129", Email = "pat@shop.example", Phone = "+46 1" }, customer);
    }

    [Fact]
    public async Task A_vendors_own_customer_stands_in_for_the_standards()
    {
        Assert.Equal(new() { Email = "pat@shop.example", Phone = "1" }, await Read("<x:Customer><x:PhoneNumber>1</x:PhoneNumber><EMail><EMailAddress>pat@shop.example</EMailAddress></EMail></x:Customer>"));
        Assert.Equal(new() { CustomerNumber = "7" }, await Read("<x:Customer><x:CustomerID>8</x:CustomerID></x:Customer><Customer><CustomerID>7</CustomerID></Customer>"));
    }

    private static async Task<Contracts.OrderIngest.CustomerHint> Read(string part) =>
        (await TillFile.Order(InputFormat.PosLog, One(Line(1, Sale("A", 1, 10)) + part), TillFile.Options(ignored: ["99999", "Cash-1"]))).Customer;
}
