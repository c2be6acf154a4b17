using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Demo;

/// <summary>The keys of the demo: made anew each time, below its own directory.</summary>
internal sealed class DemoKeys
{
    private static readonly string[] People = ["lead", "manager", "security", "council", "legal"];
    private readonly string _directory;

    private DemoKeys(string directory) => _directory = directory;

    /// <summary>The key that signs statements.</summary>
    public string Signing => PathOf("signing");

    /// <summary>The key that signs checkpoints of the ledger.</summary>
    public string Log => PathOf("log");

    /// <summary>Makes the keys.</summary>
    public static DemoKeys Create(string directory)
    {
        Directory.CreateDirectory(directory);
        var keys = new DemoKeys(directory);
        foreach (var name in People.Append("signing").Append("log"))
        {
            using var key = EcdsaSigningKey.Create();
            key.Save(keys.PathOf(name));
        }

        return keys;
    }

    /// <summary>The private key of a role.</summary>
    public string PathOf(string role) => Path.Combine(_directory, role + ".pem");

    /// <summary>The public half of a key.</summary>
    public VerificationKey Public(string name)
    {
        using var key = LocalSigningKey.Load(PathOf(name));
        return key.PublicKey;
    }

    /// <summary>The people file: one person for each role.</summary>
    public byte[] PeopleFile()
    {
        var root = new JsonObject
        {
            ["formatVersion"] = 1,
            ["people"] = new JsonArray([.. People.Select(role => (JsonNode)new JsonObject
            {
                ["id"] = "person:" + role,
                ["roles"] = new JsonArray((JsonNode)role),
                ["keys"] = new JsonArray((JsonNode)Public(role).ToPem()),
            })]),
        };
        return [.. CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString())), (byte)'\n'];
    }
}
