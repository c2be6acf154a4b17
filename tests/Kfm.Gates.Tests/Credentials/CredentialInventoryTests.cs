using System.Text;
using Kfm.Gates.Credentials;

namespace Kfm.Gates.Tests.Credentials;

public class CredentialInventoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Age_counts_from_the_last_rotation()
    {
        var ages = Parse("""{"formatVersion":1,"credentials":[{"name":"b","created":"2026-08-24"},{"name":"a","created":"2020-01-01","rotated":"2026-11-22T12:00:00Z"},{"name":"c","created":"2026-11-21T12:00:01Z"}]}""").AgesAt(Now);
        Assert.Equal([new("a", 0), new("b", 90), new KeyValuePair<string, int>("c", 0)], ages);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"formatVersion\":2,\"credentials\":[]}")]
    [InlineData("{\"formatVersion\":1,\"credentials\":[{\"name\":\"a\"}]}")]
    [InlineData("{\"formatVersion\":1,\"credentials\":[{\"name\":\"a\",\"created\":\"2026-02-30\"}]}")]
    [InlineData("{\"formatVersion\":1,\"credentials\":[{\"name\":\"a\",\"created\":\"2026-02-01\",\"value\":\"x\"}]}")]
    [InlineData("{\"formatVersion\":1,\"credentials\":[{\"name\":\"a\",\"created\":\"2026-02-01\"},{\"name\":\"a\",\"created\":\"2026-02-01\"}]}")]
    [InlineData("{\"formatVersion\":1,\"credentials\":[{\"name\":\"a\",\"created\":\"2026-11-23\"}]}")]
    public void Inventory_that_cannot_be_read_is_refused(string text) => Assert.Throws<CredentialFormatException>(() => Parse(text).AgesAt(Now));

    private static CredentialInventory Parse(string text) => CredentialInventory.Parse(Encoding.UTF8.GetBytes(text));
}
