using System.Text;
using Kfm.Gates.Consent;
using Kfm.Gates.Contracts;

namespace Kfm.Gates.Tests.Consent;

public class ConsentTests
{
    private const string Good = """
        {"user_id":"u1","consent_type":"analytics","granted_at":"2025-12-03T00:00:00Z","expires_at":"2026-12-03T00:00:00Z","revocable":true,
        "data_categories":["usage_metrics","feature_preferences"],"processing_purposes":["improve_service","personalized_recommendations"],
        "cross_border_transfer":false,"retention_period_days":365}
        """;

    private static readonly ConsentUse Use = new("data/u.csv", "user", ["improve_service"], ["usage_metrics"], false);

    public static TheoryData<string, string, string, bool> Times => new()
    {
        // what is replaced, by what, time, whether the consent stands
        { "", "", "2025-12-02T23:59:59Z", false },
        { "", "", "2025-12-03T00:00:00Z", true },
        { "", "", "2026-12-02T23:59:59Z", true },
        { "", "", "2026-12-03T00:00:00Z", false },
        { "2026-12-03T00:00:00Z", "2030-01-01", "2026-12-03T00:00:00Z", false },
        { ":365", ":10", "2025-12-13T00:00:00Z", false },
        { ":365", ":10", "2025-12-12T23:59:59Z", true },
        { ":365", ":0", "2025-12-03T00:00:00Z", false },
        { "\"revocable\"", "\"revoked_at\":\"2026-01-01T00:00:00Z\",\"revocable\"", "2025-12-31T23:59:59Z", true },
        { "\"revocable\"", "\"revoked_at\":\"2026-01-01T00:00:00Z\",\"revocable\"", "2026-01-01T00:00:00Z", false },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void Consent_stands_from_its_grant_to_its_end(string old, string replacement, string time, bool stands)
    {
        var envelope = Parse(old.Length == 0 ? Good : Good.Replace(old, replacement, StringComparison.Ordinal));
        Assert.Equal(stands, envelope.Covers(Use, DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));
    }

    public static TheoryData<string, string, bool, bool> Uses => new()
    {
        { "improve_service", "usage_metrics", false, true },
        { "improve_service,personalized_recommendations", "usage_metrics,feature_preferences", false, true },
        { "marketing", "usage_metrics", false, false },
        { "improve_service,marketing", "usage_metrics", false, false },
        { "improve_service", "location", false, false },
        { "Improve_service", "usage_metrics", false, false },
        { "improve_service", "usage_metrics", true, false },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void Use_is_covered_whole_or_not_at_all(string purposes, string categories, bool crossBorder, bool covered)
    {
        var use = Use with { Purposes = purposes.Split(','), Categories = categories.Split(','), CrossBorder = crossBorder };
        Assert.Equal(covered, Parse(Good).Covers(use, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Every_person_in_the_data_must_have_agreed()
    {
        var time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        ConsentEnvelope[] envelopes = [Parse(Good), Parse(Good.Replace("\"u1\"", "\"u2\"", StringComparison.Ordinal)), Parse(Good.Replace("\"u1\"", "\"u3\"", StringComparison.Ordinal).Replace("2026-12-03T00", "2025-12-31T00", StringComparison.Ordinal))];
        Assert.Empty(Use.LinesWithoutConsent("user,x\nu1,1\nu2,2\nU1,3\n"u8, envelopes, time));
        Assert.Equal([3L, 4, 5], Use.LinesWithoutConsent("user,x\nu1,1\nu3,2\nu9,3\n,4\n"u8, envelopes, time));
        Assert.Throws<CsvFormatException>(() => Use.LinesWithoutConsent("person\nu1\n"u8, envelopes, time));
    }

    [Theory]
    [InlineData("\"user_id\":\"u1\",", "")]
    [InlineData("analytics", "spying")]
    [InlineData("2025-12-03T00:00:00Z", "2025-13-03T00:00:00Z")]
    [InlineData("2025-12-03T00:00:00Z", "yesterday")]
    [InlineData("365", "-1")]
    [InlineData("\"revocable\":true", "\"revocable\":\"yes\"")]
    [InlineData("\"revocable\":true", "\"revocable\":false,\"revoked_at\":\"2026-01-01T00:00:00Z\"")]
    [InlineData("\"revocable\":true", "\"revocable\":true,\"colour\":1")]
    [InlineData("}", "")]
    public void File_that_is_no_envelope_is_refused(string old, string replacement) =>
        Assert.Contains("e.json", Assert.Throws<ConsentFormatException>(() => Parse(Good.Replace(old, replacement, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    private static ConsentEnvelope Parse(string text) => ConsentEnvelope.Parse("e.json", Encoding.UTF8.GetBytes(text));
}
