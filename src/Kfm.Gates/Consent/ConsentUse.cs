using System.Text.Json;
using Kfm.Gates.Contracts;
using Kfm.Gates.Packs;

namespace Kfm.Gates.Consent;

/// <summary>A data set with data of persons, and what it is used for, as the security pack says.</summary>
/// <param name="Path">The path of the CSV file.</param>
/// <param name="Subject">The column with the id of the person.</param>
/// <param name="Purposes">The purposes.</param>
/// <param name="Categories">The categories of the data.</param>
/// <param name="CrossBorder">Whether the data leaves the jurisdiction.</param>
public sealed record ConsentUse(string Path, string Subject, IReadOnlyList<string> Purposes, IReadOnlyList<string> Categories, bool CrossBorder)
{
    /// <summary>The data sets that a pack names.</summary>
    /// <param name="pack">The security pack.</param>
    public static IReadOnlyList<ConsentUse> Of(PolicyPack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return [.. pack.Rule("consent").GetProperty("data").EnumerateArray().Select(data => new ConsentUse(
            data.GetProperty("path").GetString()!,
            data.GetProperty("subject").GetString()!,
            Texts(data, "purposes"),
            Texts(data, "categories"),
            data.TryGetProperty("crossBorder", out var crossBorder) && crossBorder.GetBoolean()))];
    }

    /// <summary>The rows of the data set whose person has not agreed, by their line; empty when all have.</summary>
    /// <param name="csv">The data set (RFC 4180, with a header).</param>
    /// <param name="envelopes">The envelopes of all persons.</param>
    /// <param name="time">The time of the use.</param>
    /// <exception cref="CsvFormatException">The file is malformed, or does not have the column.</exception>
    public IReadOnlyList<long> LinesWithoutConsent(ReadOnlySpan<byte> csv, IEnumerable<ConsentEnvelope> envelopes, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(envelopes);
        var agreed = envelopes.Where(envelope => envelope.Covers(this, time)).Select(envelope => envelope.User).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reader = new CsvReader(csv, new ContractOptions());
        var column = reader.Header.ToList().IndexOf(Subject);
        return column >= 0
            ? [.. reader.Records().Where(record => !agreed.Contains(record.Fields[column])).Select(record => record.Line)]
            : throw new CsvFormatException($"The header has no column '{Subject}'.", 1, 0);
    }

    private static string[] Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
