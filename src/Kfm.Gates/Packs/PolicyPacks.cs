using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Packs;

/// <summary>The five packs with the limits, lists and modes by which the shipped policies judge.</summary>
/// <remarks>
/// A repository sets them in <c>.github/policy-packs/&lt;pack&gt;-policy-pack.yml</c>; what it leaves out is as shipped. The policies read them as the
/// module <see cref="ModulePath"/>, which is part of the evaluated set: whoever has the set makes the decision again. The format is
/// described by schemas/policy-pack-v1.schema.json.
/// </remarks>
public sealed class PolicyPacks
{
    /// <summary>The version of the files that this version reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>The folder of the files in a repository.</summary>
    public const string Folder = ".github/policy-packs";

    /// <summary>The path of the module with the packs in a policy set.</summary>
    public const string ModulePath = "packs.rego";

    private const string Suffix = "-policy-pack.yml";
    private const string Header = """
        # The packs that hold, as the policies read them: the files of .github/policy-packs over those that Kfm ships. Written by Kfm.
        package kfm.packs

        import rego.v1

        """;

    private static readonly Lazy<PolicyPacks> ShippedPacks = new(() => new PolicyPacks([]));

    private PolicyPacks(Dictionary<string, JsonObject> files) =>
        All = [.. Names.Select(name => PolicyPack.Of(name, ReadShipped(name), files.GetValueOrDefault(name)))];

    /// <summary>The names of the packs, ordinal.</summary>
    public static IReadOnlyList<string> Names { get; } = ["architecture", "licensing", "performance", "quality", "security"];

    /// <summary>The packs that Kfm ships.</summary>
    public static PolicyPacks Shipped => ShippedPacks.Value;

    /// <summary>The packs by name, ordinal.</summary>
    public IReadOnlyList<PolicyPack> All { get; }

    /// <summary>The pack of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such pack.</exception>
    public PolicyPack this[string name] => All.FirstOrDefault(pack => string.Equals(pack.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"There is no pack '{name}'.", nameof(name));

    /// <summary>The name of a pack's file in <see cref="Folder"/>.</summary>
    /// <param name="pack">The name of the pack.</param>
    public static string FileName(string pack) => pack + Suffix;

    /// <summary>Reads the files of a repository over the shipped packs.</summary>
    /// <param name="files">The files of <see cref="Folder"/> by name; those that are not YAML by their name are passed over.</param>
    /// <exception cref="PackFormatException">A file is not a pack, or there is no pack of its name.</exception>
    public static PolicyPacks Read(IReadOnlyDictionary<string, byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var packs = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (name, bytes) in files.OrderBy(f => f.Key, StringComparer.Ordinal).Where(f => IsYaml(f.Key)))
        {
            var pack = name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : "";
            if (!Names.Contains(pack, StringComparer.Ordinal))
            {
                throw new PackFormatException($"there is no such pack; known are {string.Join(", ", Names.Select(FileName))}", name);
            }

            packs[pack] = PackReader.Read(name, bytes);
        }

        return packs.Count == 0 ? Shipped : new PolicyPacks(packs);
    }

    /// <summary>The packs as a module of a policy set, answering at <c>data.kfm.packs</c>.</summary>
    public RegoModule ToModule()
    {
        var source = new StringBuilder(Header.ReplaceLineEndings("\n"));
        foreach (var pack in All)
        {
            // As a text that is parsed, so that the policies compile whatever lists a pack leaves empty: a constant would give them a type.
            source.Append('\n').Append(pack.Name).Append(" := json.unmarshal(`").Append(Text(pack)).Append("`)\n");
        }

        return new RegoModule(ModulePath, source.ToString());
    }

    private static string Text(PolicyPack pack)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonNode.Parse(RegoValue.Parse(Encoding.UTF8.GetBytes(pack.ToJson())).ToJson())!.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()).Replace("`", "\\u0060", StringComparison.Ordinal);
    }

    private static bool IsYaml(string name) => name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase);

    private static JsonObject ReadShipped(string name)
    {
        using var stream = typeof(PolicyPacks).Assembly.GetManifestResourceStream("Kfm.Gates.Packs/" + FileName(name))
            ?? throw new InvalidOperationException($"The pack {name} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return PackReader.Read(FileName(name), bytes);
    }
}
