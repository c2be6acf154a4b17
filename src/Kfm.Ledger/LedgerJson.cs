using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Xml;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Erasure;
using Kfm.Ledger.Lineage;
using Kfm.Ledger.Retention;
using Kfm.Provenance.Digests;

namespace Kfm.Ledger;

/// <summary>
/// Writes the answers of a log as JSON: names in camel case, digests as <c>sha256:</c> and digits, kinds and states in lower case, times with their offset, time spans as ISO 8601 durations.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(DigestConverter), typeof(SpanConverter), typeof(ScopeConverter), typeof(KindConverter), typeof(ErasureConverter), typeof(FieldConverter)])]
[JsonSerializable(typeof(LineageView))]
[JsonSerializable(typeof(LineagePath))]
[JsonSerializable(typeof(IReadOnlyList<LineagePath>))]
[JsonSerializable(typeof(DoraFigures))]
[JsonSerializable(typeof(RetentionPlan))]
[JsonSerializable(typeof(IReadOnlyList<LegalHold>))]
[JsonSerializable(typeof(LegalHold))]
[JsonSerializable(typeof(ErasureOutcome))]
[JsonSerializable(typeof(OpenedField))]
[JsonSerializable(typeof(AppendedJson))]
public sealed partial class LedgerJson : JsonSerializerContext
{
    /// <summary>Writes a value of one of the types that this context knows.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">How to write it, such as <c>LedgerJson.Default.LineageView</c>.</param>
    public static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    internal sealed class DigestConverter : WritingConverter<Digest>
    {
        public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    internal sealed class SpanConverter : WritingConverter<TimeSpan>
    {
        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(XmlConvert.ToString(value));
    }

    internal sealed class ScopeConverter : WritingConverter<HoldScope>
    {
        public override void Write(Utf8JsonWriter writer, HoldScope value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }

    internal sealed class KindConverter : WritingConverter<LedgerEntryKind>
    {
        public override void Write(Utf8JsonWriter writer, LedgerEntryKind value, JsonSerializerOptions options) =>
            writer.WriteStringValue(LedgerEntryWriter.NameOf(value));
    }

    internal sealed class ErasureConverter() : JsonStringEnumConverter<ErasureStatus>(JsonNamingPolicy.CamelCase);

    internal sealed class FieldConverter() : JsonStringEnumConverter<FieldState>(JsonNamingPolicy.CamelCase);

    // The answers are written for others to read; nothing here reads them.
    internal abstract class WritingConverter<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
