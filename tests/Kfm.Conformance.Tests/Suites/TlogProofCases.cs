using System.Text;
using System.Text.Json;
using Kfm.Provenance.Merkle;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>The cases on Merkle proofs and roots.</summary>
internal static class TlogProofCases
{
    public static IEnumerable<SuiteCase> Read(string folder) => [.. Small(folder), .. Large(folder)];

    private static IEnumerable<SuiteCase> Small(string folder)
    {
        var data = Path.Combine(folder, "merkle", "testdata");
        foreach (var file in Directory.EnumerateFiles(data, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var id = Path.GetRelativePath(folder, file).Replace('\\', '/') + "#0";
            var kind = Path.GetRelativePath(data, file).Split(Path.DirectorySeparatorChar)[0];
            yield return new(id, () => Check(kind, SuiteJson.Read(file)));
        }
    }

    private static IEnumerable<SuiteCase> Large(string folder)
    {
        foreach (var kind in new[] { "inclusion", "consistency" })
        {
            foreach (var one in SuiteJson.Read(folder, "merkle-large", kind + ".json").Items("cases"))
            {
                yield return new($"merkle-large/{kind}.json#{one.Text("name")}", () => Check(kind, one));
            }
        }

        foreach (var one in SuiteJson.Read(folder, "merkle-large", "roots.json").Items("cases"))
        {
            yield return new($"merkle-large/roots.json#{one.Text("name")}", () => Root(one));
        }
    }

    private static string? Root(JsonElement one)
    {
        var tree = new CompactRange();
        for (var i = 0; i < one.GetProperty("size").GetInt32(); i++)
        {
            tree.Append(MerkleHash.Leaf(Encoding.UTF8.GetBytes($"kfm leaf {i}")));
        }

        return tree.Root() == SuiteJson.Hash(one.GetProperty("root")) ? null : "has the root " + tree.Root();
    }

    private static string? Check(string kind, JsonElement one)
    {
        var proof = one.Items("proof").Select(SuiteJson.Hash).OfType<MerkleHash>().ToList();
        var accepted = proof.Count == one.Items("proof").Count() && kind switch
        {
            "inclusion" or "subtreeinclusion" => Inclusion(one, proof),
            "consistency" or "subtreeconsistency" => Consistency(one, proof),
            _ => throw new InvalidOperationException($"There is no kind of proof '{kind}'."),
        };
        return SuiteJson.Differs(one.WantsError(), accepted);
    }

    private static bool Inclusion(JsonElement one, List<MerkleHash> proof)
    {
        if (SuiteJson.Hash(one.GetProperty("leafHash")) is not { } leaf || SuiteJson.Hash(one.GetProperty("root")) is not { } root)
        {
            return false;
        }

        var index = one.GetProperty("leafIdx").GetUInt64();
        return one.TryGetProperty("start", out var start)
            ? MerkleSubtree.VerifyInclusion(index, start.GetUInt64(), one.GetProperty("end").GetUInt64(), leaf, proof, root)
            : MerkleProof.VerifyInclusion(index, one.GetProperty("treeSize").GetUInt64(), leaf, proof, root);
    }

    private static bool Consistency(JsonElement one, List<MerkleHash> proof)
    {
        var (root1, root2) = (SuiteJson.Root(one.GetProperty("root1")), SuiteJson.Root(one.GetProperty("root2")));
        return one.TryGetProperty("start", out var start)
            ? MerkleSubtree.VerifyConsistency(start.GetUInt64(), one.GetProperty("end").GetUInt64(), one.GetProperty("size").GetUInt64(), proof, root1, root2)
            : MerkleProof.VerifyConsistency(one.GetProperty("size1").GetUInt64(), one.GetProperty("size2").GetUInt64(), proof, root1, root2);
    }
}
