namespace LoyaltyProviderStandIn.Tests;

public sealed class MembersTests
{
    private const string Header = "card,customer_id,email,name,status\n";

    [Fact]
    public void FromCsv_reads_every_column_and_leaves_empty_ones_out()
    {
        var members = Members.FromCsv(new StringReader(Header + "1,M-1,pat@shop.example,\"Example, Pat\",blocked\n2,,,,\n")).ToList();

        Assert.Equal(
        [
            new() { Card = "1", CustomerId = "M-1", Email = "pat@shop.example", Name = "Example, Pat", Status = "blocked" },
            new() { Card = "2" },
        ], members);
    }

    [Fact]
    public void FromCsv_gives_a_card_on_several_lines_several_holders()
    {
        var members = new Members();

        Assert.True(members.TryPut(Members.FromCsv(new StringReader(Header + "1,A,,,\n2,B,,,\n1,C,,,\n"))));

        Assert.Equal(["A", "C"], members.HoldersOf("1").Select(member => member.CustomerId));
        Assert.Equal(2, members.Count);
    }

    [Fact]
    public void FromCsv_names_the_line_without_a_card()
    {
        var fault = Assert.Throws<InvalidDataException>(() => Members.FromCsv(new StringReader(Header + "1,A,,,\n,B,,,\n")).ToList());

        Assert.Contains("line 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromCsv_refuses_a_file_of_something_else() =>
        Assert.Throws<InvalidDataException>(() => Members.FromCsv(new StringReader("a,b\n1,2\n")).ToList());

    [Fact]
    public void TryPut_refuses_more_cards_than_memory_is_meant_for()
    {
        var members = new Members();
        Assert.True(members.TryPut(Enumerable.Range(0, Members.MaxCards).Select(i => new Member { Card = $"{i}" })));

        Assert.False(members.TryPut([new() { Card = "one more" }]));
        Assert.True(members.TryPut([new() { Card = "5", CustomerId = "known card" }]));
        Assert.Equal(Members.MaxCards, members.Count);
    }

    [Fact]
    public async Task A_file_is_loaded_at_the_start()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Header + "1,M-1,pat@shop.example,Pat,active\n");
            await using var standIn = await RunningStandIn.Start(new() { Members = file });

            Assert.Equal("pat@shop.example", (await standIn.GetJson("customers/1")).GetProperty("email").GetString());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
