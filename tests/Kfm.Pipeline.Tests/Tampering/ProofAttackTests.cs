using System.Text.Json.Nodes;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>Proofs of something else, and keys that the caller does not know.</summary>
[Collection(SharedDemo.Name)]
public sealed class ProofAttackTests(DemoRun demo)
{
    [Fact]
    public async Task Proof_of_another_entry_of_the_log_is_refused()
    {
        var bundle = demo.Copy("allowed");
        var other = Forger.Proof(bundle).Index - 1;
        Replace(bundle, (await demo.RunAsync("ledger", "prove", "--ledger", demo.Ledger, "--index", $"{other}")).Output);

        Refused.Assert(await demo.VerifyAsync(bundle), "entry", "ledger.proof", "ledger.entry");
    }

    [Fact]
    public async Task Proof_of_the_same_entry_in_the_log_of_later_is_accepted()
    {
        var bundle = demo.Copy("allowed");
        Replace(bundle, (await demo.RunAsync("ledger", "prove", "--ledger", demo.Ledger, "--index", $"{Forger.Proof(bundle).Index}")).Output);

        Assert.Equal("verified", (await demo.VerifyAsync(bundle)).Result);
    }

    [Fact]
    public async Task Proof_of_another_bundle_is_refused()
    {
        var bundle = demo.Copy("allowed");
        File.Copy(Path.Combine(demo.Bundle("denied"), BundleFiles.LedgerProof), Path.Combine(bundle, BundleFiles.LedgerProof), overwrite: true);

        Refused.Assert(await demo.VerifyAsync(bundle), "bundle", "ledger.proof", "ledger.entry");
    }

    [Fact]
    public async Task Checkpoint_of_another_time_is_refused()
    {
        var bundle = demo.Copy("allowed");
        var proof = Forger.Proof(bundle);
        Replace(bundle, new TlogProof(proof.Index, proof.Hashes, Forger.Proof(demo.Bundle("denied")).Checkpoint, proof.Extra).ToString());

        Refused.Assert(await demo.VerifyAsync(bundle), "checkpoint", "ledger.proof", "ledger.inclusion");
    }

    [Fact]
    public async Task Proof_with_another_index_or_without_its_entry_is_refused()
    {
        var bundle = demo.Copy("allowed");
        var proof = Forger.Proof(bundle);
        Replace(bundle, new TlogProof(proof.Index + 1, proof.Hashes, proof.Checkpoint, proof.Extra).ToString());
        Refused.Assert(await demo.VerifyAsync(bundle), "index", "ledger.proof", "ledger.inclusion");
        Replace(bundle, new TlogProof(proof.Index, proof.Hashes, proof.Checkpoint).ToString());
        Refused.Assert(await demo.VerifyAsync(bundle), "entry", "ledger.proof", "ledger.entry");
    }

    [Fact]
    public async Task Signature_that_nobody_vouches_for_is_refused()
    {
        var bundle = demo.Copy("allowed");
        File.AppendAllText(Path.Combine(bundle, BundleFiles.LedgerProof), "— witness AAAAAAAAAAAA\n");

        Refused.Assert(await demo.VerifyAsync(bundle), "signature", "ledger.proof", "ledger.signature");
    }

    [Fact]
    public async Task Log_under_the_name_of_a_trusted_one_is_refused()
    {
        using var stranger = EcdsaSigningKey.Create();
        var bundle = demo.Copy("allowed");
        Forger.Log(bundle, stranger, Forger.Graph(bundle), demo.NewDirectory());

        Refused.Assert(await demo.VerifyAsync(bundle), "log", "ledger.proof", "ledger.signature");
    }

    [Fact]
    public async Task Log_of_another_name_is_not_established()
    {
        using var stranger = EcdsaSigningKey.Create();
        var bundle = demo.Copy("allowed");
        var entry = LedgerEntry.Parse(Forger.Proof(bundle).Extra!.Value);
        Forger.Log(bundle, stranger, entry, "example.org/log", demo.NewDirectory());

        NotEstablished(await demo.VerifyAsync(bundle));
    }

    [Theory]
    [InlineData("signers")]
    [InlineData("logs")]
    public async Task Key_that_the_caller_does_not_know_is_not_established(string member)
    {
        var trust = (JsonObject)JsonNode.Parse(File.ReadAllText(demo.Trust))!;
        trust[member] = new JsonArray();
        foreach (var name in DemoRun.Names)
        {
            NotEstablished(await demo.VerifyAsync(demo.Bundle(name), Write(trust)));
        }
    }

    [Fact]
    public async Task Signer_that_is_only_a_log_key_or_a_person_is_not_established()
    {
        var trust = (JsonObject)JsonNode.Parse(File.ReadAllText(demo.Trust))!;
        using var log = LocalSigningKey.Load(demo.Key("log"));
        trust["signers"] = new JsonArray(log.PublicKey.ToPem());

        NotEstablished(await demo.VerifyAsync(demo.Bundle("allowed"), Write(trust)));
    }

    [Fact]
    public async Task Bundle_that_a_stranger_made_again_is_not_established()
    {
        using var insider = new Insider(demo, "denied") { Signing = EcdsaSigningKey.Create(), Log = EcdsaSigningKey.Create() };
        insider.Decide(_ => { });
        insider.Finish();

        NotEstablished(await demo.VerifyAsync(insider.Bundle));
    }

    [Fact]
    public async Task Seal_that_names_a_trusted_key_and_is_signed_by_another_is_refused()
    {
        using var stranger = EcdsaSigningKey.Create();
        using var signing = LocalSigningKey.Load(demo.Key("signing"));
        var bundle = demo.Copy("allowed");
        var graph = Forger.Graph(bundle);
        var statement = new SealStatement(Digest.OfFile(Path.Combine(bundle, BundleFiles.Sums)), graph.TraceId, graph.Root, graph.Decision!.Decision, signing.KeyId);
        var text = System.Text.Encoding.UTF8.GetString(DsseEnvelope.Sign(SealStatement.PayloadType, statement.ToUtf8(), stranger).ToJson());
        File.WriteAllText(Path.Combine(bundle, BundleFiles.Seal), text.Replace(stranger.KeyId, signing.KeyId, StringComparison.Ordinal));

        Refused.Assert(await demo.VerifyAsync(bundle), "seal", "seal.dsse.json", "seal.signature");
    }

    [Fact]
    public void Consistency_of_the_log_from_one_run_to_the_next_is_proved()
    {
        using var log = TransparencyLog.Open(new LogOptions { Path = demo.Ledger, TimeProvider = TimeProvider.System });
        var first = Checkpoint.Parse(SignedNote.Parse(Forger.Proof(demo.Bundle("allowed")).Checkpoint).Text);
        var last = Checkpoint.Parse(SignedNote.Parse(Forger.Proof(demo.Bundle("denied")).Checkpoint).Text);

        var proof = log.ProveConsistency((long)first.Size, (long)last.Size);

        Assert.True(MerkleProof.VerifyConsistency(first.Size, last.Size, proof, first.Root!.Value, last.Root!.Value));
    }

    private static void NotEstablished(VerifyResult result)
    {
        Assert.True(result.ExitCode == 3 && result.Result == "consistent, signer not established", result.ToString());
        Assert.Equal("unknown", result.Effective);
        Assert.Null(result.Json!["verdict"]);
        Assert.Empty(result.Json["approvals"]!.AsArray());
    }

    private static void Replace(string bundle, string proof) => File.WriteAllText(Path.Combine(bundle, BundleFiles.LedgerProof), proof);

    private string Write(JsonObject trust)
    {
        var path = Path.Combine(demo.NewDirectory(), "trust.json");
        File.WriteAllText(path, trust.ToJsonString());
        return path;
    }
}
