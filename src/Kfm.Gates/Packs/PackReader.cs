using System.Text;
using System.Text.Json.Nodes;
using Kfm.Gates.Decisions;
using Kfm.Gates.Rego.Yaml;

namespace Kfm.Gates.Packs;

/// <summary>Reads one file: YAML, then the published schema, so that reader and schema refuse the same files.</summary>
internal static class PackReader
{
    private const int MaxBytes = 256 * 1024;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The pack as it stands in the file.</summary>
    public static JsonObject Read(string file, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new PackFormatException($"the file is larger than {MaxBytes} bytes", file);
        }

        var root = Nodes(file, utf8);
        Duplicates(file, root);
        var json = Value(file, root);
        using var document = System.Text.Json.JsonDocument.Parse(json);
        var result = PublishedSchemas.PolicyPack.Validate(document.RootElement);
        if (!result.IsValid)
        {
            // Errors of inner values come first; the last of the deepest ones names the place best.
            var error = result.Errors.MaxBy(e => e.InstancePointer.Count(c => c == '/'))!;
            var at = Find(root, error.InstancePointer);
            throw new PackFormatException($"{(error.InstancePointer.Length == 0 ? "the pack" : error.InstancePointer[1..].Replace('/', '.'))}: {error.Message}", file, at.Line, at.Column);
        }

        var pack = JsonNode.Parse(json)!.AsObject();
        return file == PolicyPacks.FileName(pack["pack"]!.ToString())
            ? pack
            : throw new PackFormatException($"the file of the pack '{pack["pack"]}' is {PolicyPacks.FileName(pack["pack"]!.ToString())}", file);
    }

    private static YamlNode Nodes(string file, ReadOnlySpan<byte> utf8)
    {
        try
        {
            return YamlReader.ReadOnly(Strict.GetString(utf8)) ?? throw new PackFormatException("the file is empty", file);
        }
        catch (DecoderFallbackException)
        {
            throw new PackFormatException("the file is not UTF-8", file);
        }
        catch (YamlFormatException e)
        {
            throw Wrong(file, e);
        }
    }

    private static byte[] Value(string file, YamlNode root)
    {
        try
        {
            return root.ToValue().ToJson();
        }
        catch (YamlFormatException e)
        {
            throw Wrong(file, e);
        }
    }

    private static PackFormatException Wrong(string file, YamlFormatException e) => new("not YAML: " + e.Reason, file, e.Place.Line, e.Place.Column);

    private static void Duplicates(string file, YamlNode node)
    {
        if (node is YamlList list)
        {
            foreach (var item in list.Items)
            {
                Duplicates(file, item);
            }
        }
        else if (node is YamlMap map)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (key, value) in map.Members)
            {
                var twice = key is YamlScalar name && !seen.Add(name.Text);
                if (twice)
                {
                    throw new PackFormatException($"'{((YamlScalar)key).Text}' stands here twice; keep one", file, key.Line, key.Column);
                }

                Duplicates(file, value);
            }
        }
    }

    /// <summary>The node at a JSON pointer, or the last one on the way to it.</summary>
    private static YamlNode Find(YamlNode root, string pointer)
    {
        var node = root;
        foreach (var name in pointer.Split('/').Skip(1).Select(n => n.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            var next = node switch
            {
                YamlMap map => map.Find(name),
                YamlList list when int.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var i) && i < list.Items.Count => list.Items[i],
                _ => null,
            };
            if (next is null)
            {
                return node;
            }

            node = next;
        }

        return node;
    }
}
