using System.Text.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Pipeline.Tests.Formats;

/// <summary>Schemas that others publish, in the folder of the suites.</summary>
internal static class ForeignSchemas
{
    /// <summary>Compiles a schema; what it refers to lies in the folders.</summary>
    public static CompiledSchema Compile(string file, SchemaDialect dialect, params string[] folders)
    {
        var root = ConformanceFactAttribute.PathOf(file);
        var documents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var path in folders.SelectMany(f => Directory.EnumerateFiles(ConformanceFactAttribute.PathOf(f), "*.json")).Where(p => p != root))
        {
            var bytes = File.ReadAllBytes(path);
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.TryGetProperty("$id", out var id))
            {
                documents.TryAdd(id.GetString()!, bytes);
            }
        }

        return CompiledSchema.Compile(File.ReadAllBytes(root), new SchemaOptions { DefaultDialect = dialect, Documents = documents });
    }
}
