using Kfm.Provenance.JsonSchema;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Formats;

/// <summary>The schemas that Kfm publishes.</summary>
internal static class SchemaFiles
{
    private const string Extension = ".schema.json";

    /// <summary>The names without extension, such as <c>evidence-v1</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Combine("schemas"), "*" + Extension).Select(f => Path.GetFileName(f)[..^Extension.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The bytes of a schema.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(RepositoryRoot.Combine("schemas", name + Extension));

    /// <summary>The <c>$id</c> of a schema.</summary>
    public static string Id(string name) => "https://kfm.dev/schemas/" + name + Extension;

    /// <summary>A schema, ready to validate.</summary>
    public static CompiledSchema Compile(string name) => CompiledSchema.Compile(Bytes(name), new SchemaOptions
    {
        Documents = Names.Where(n => n != name).ToDictionary(Id, n => (ReadOnlyMemory<byte>)Bytes(n), StringComparer.Ordinal),
    });
}
