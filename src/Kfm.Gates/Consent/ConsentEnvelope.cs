using System.Text.Json;
using Kfm.Gates.Decisions;

namespace Kfm.Gates.Consent;

/// <summary>What a person has agreed to (GDPR, articles 6 and 7), as schemas/consent-envelope-v1.schema.json describes it.</summary>
public sealed record ConsentEnvelope
{
    private ConsentEnvelope()
    {
    }

    /// <summary>The person, by a pseudonymous id.</summary>
    public required string User { get; init; }

    /// <summary>When the person agreed.</summary>
    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>When the consent ends: the earlier of its own end and of the time for which data may be kept.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When the person took the consent back; null when it stands.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The categories of data.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The purposes.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>Whether the data may leave the jurisdiction.</summary>
    public required bool CrossBorder { get; init; }

    /// <summary>Reads an envelope.</summary>
    /// <param name="file">The name of the file, for errors.</param>
    /// <param name="utf8">The file.</param>
    /// <exception cref="ConsentFormatException">The file is no envelope.</exception>
    public static ConsentEnvelope Parse(string file, ReadOnlySpan<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(file);
        var root = ValidatedJson.Read(utf8, PublishedSchemas.ConsentEnvelope, (message, pointer) => new ConsentFormatException(file, message, pointer));
        var granted = Time(file, root, "granted_at")!.Value;
        var kept = granted.AddDays(Math.Min(root.GetProperty("retention_period_days").GetInt32(), (DateTimeOffset.MaxValue - granted).Days));
        var expires = Time(file, root, "expires_at")!.Value;
        var revoked = Time(file, root, "revoked_at");
        return revoked is not null && !root.GetProperty("revocable").GetBoolean()
            ? throw new ConsentFormatException(file, "a consent that was taken back is revocable", "/revocable")
            : new ConsentEnvelope
            {
                User = root.Text("user_id"),
                GrantedAt = granted,
                EndsAt = expires < kept ? expires : kept,
                RevokedAt = revoked,
                Categories = root.Texts("data_categories"),
                Purposes = root.Texts("processing_purposes"),
                CrossBorder = root.GetProperty("cross_border_transfer").GetBoolean(),
            };
    }

    /// <summary>Whether the consent stands at a time.</summary>
    /// <param name="time">The time of the use.</param>
    public bool IsValidAt(DateTimeOffset time) => GrantedAt <= time && time < EndsAt && !(RevokedAt <= time);

    /// <summary>Whether the consent covers a use at a time.</summary>
    /// <param name="use">The use.</param>
    /// <param name="time">The time of the use.</param>
    public bool Covers(ConsentUse use, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(use);
        return IsValidAt(time)
            && use.Purposes.All(purpose => Purposes.Contains(purpose, StringComparer.Ordinal))
            && use.Categories.All(category => Categories.Contains(category, StringComparer.Ordinal))
            && (CrossBorder || !use.CrossBorder);
    }

    private static DateTimeOffset? Time(string file, JsonElement root, string name) => root.OptionalText(name) is not { } text
        ? null
        : ValidatedJson.TryTime(text, out var time) ? time : throw new ConsentFormatException(file, "the time does not exist", "/" + name);
}
