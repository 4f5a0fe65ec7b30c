using ServiceDefaults.GuardingAccess;

namespace ServiceDefaults.Tests.GuardingAccess;

public sealed class ApiKeysTests
{
    // printf abc | sha256sum
    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Hash_is_what_sha256sum_prints() => Assert.Equal(HashOfAbc, ApiKeys.Hash("abc"));

    [Theory]
    [InlineData("abc", HashOfAbc, true)]
    [InlineData("abd", HashOfAbc, false)]
    [InlineData("", HashOfAbc, false)]
    [InlineData(HashOfAbc, HashOfAbc, false)]
    public void Matches_only_the_key_itself(string key, string hash, bool matches)
    {
        Assert.Equal(matches, ApiKeys.Matches(key, hash));
        Assert.Equal(matches, ApiKeys.Matches(key, hash.ToUpperInvariant()));
    }
}
