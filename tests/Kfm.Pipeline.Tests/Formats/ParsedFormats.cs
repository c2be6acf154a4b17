using System.Text;
using Kfm.Agent.Autonomy;
using Kfm.Agent.Codegen;
using Kfm.Agent.Designs;
using Kfm.Agent.Intents;
using Kfm.Agent.PullRequests.Focus;
using Kfm.Gates.Overrides;
using Kfm.Ledger.Entries;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;
using Kfm.Provenance.Manifests;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Signing.Ssh;

namespace Kfm.Pipeline.Tests.Formats;

/// <summary>The formats that have both a parser and a published schema, each with a document in which every member stands.</summary>
internal static class ParsedFormats
{
    private static readonly VerificationKey Key = EcdsaSigningKey.Create().PublicKey;
    private static readonly string Hash = Digest.Of("x"u8).ToString();

    private static readonly Dictionary<string, (string Sample, Action<byte[]> Parse)> Formats = new(StringComparer.Ordinal)
    {
        ["people-v1"] = (People, bytes => PeopleFile.Parse(bytes)),
        ["trust-v1"] = (
            $$"""{"formatVersion":1,"signers":[{{Pem}}],"logs":["{{new NoteVerifier("example.org/log", Key)}}"],"people":{{People}},"policySet":"{{Hash}}" }""",
            bytes => TrustFile.Parse(bytes)),
        ["intent-v1"] = (
            """
            {"formatVersion":1,"text":"Fix it","origin":"issue","issue":"#7","author":"person:ada","time":"2026-03-04T05:06:07.089Z","kind":"fix","title":"Fix it",
             "tier":"low","components":["parcels"],"rules":[{"id":"intent.fix","tier":"low","matched":"fix"}]}
            """,
            bytes => IntentFile.Parse(bytes)),
        ["replay-v1"] = (
            $$"""{"formatVersion":1,"recordings":[{"requestDigest":"{{Hash}}","response":{"patch":"p","modelVersion":"1","toolVersions":{"git":"2"} } }]}""",
            bytes => ReplayFile.Parse(bytes)),
        ["manifest-v1"] = (
            $$"""{"entries":[{"executable":true,"path":"a/b","sha256":"{{Hash[7..]}}","size":1},{"link":"b","path":"a/c","sha256":"{{Hash[7..]}}","size":1}],"formatVersion":1}""",
            bytes => ArtifactManifest.Parse([.. bytes, (byte)'\n'])),
        ["ledger-entry-v1"] = (
            $$"""
            {"attributes":{"a":"b"},"formatVersion":1,"key":"k","kind":"seal","links":[{"digest":"{{Hash}}","role":"decision"}],"repository":"urn:x",
             "subject":"{{Hash}}","time":"2026-03-04T05:06:07.089Z","traceId":"206f9e15-b168-5ff9-a107-3c88564ab567"}
            """,
            bytes => LedgerEntry.Parse(bytes)),
        ["focus-v1"] = (
            $$"""
            {"decision":"{{Hash}}","evidenceRoot":"{{Hash}}","formatVersion":1,
             "sentences":[{"facts":["decision.json#/verdict","evidence.json#{{Hash}}"],"section":"policy","template":"verdict","text":"The verdict of the policies is deny."}]}
            """,
            bytes => FocusSummary.Parse(bytes)),
        ["approval-v1"] = (
            Encoding.UTF8.GetString(new ApprovalStatement(Digest.Of("x"u8), new string('a', 40), "lead", "person:ada", DateTimeOffset.UnixEpoch).ToUtf8()),
            bytes => ApprovalStatement.Parse(bytes)),
        ["ssh-approval-v1"] = (
            Encoding.UTF8.GetString(new SshApproval(Approval, SshSignature.Parse(SshSigned)).ToJson()).TrimEnd('\n'),
            bytes => SshApproval.Parse([.. bytes, (byte)'\n'])),
        ["github-review-v1"] = (
            Encoding.UTF8.GetString(new ReviewStatement(Approval, "acme/widgets", 41, 7, "ada").ToUtf8()),
            bytes => ReviewStatement.Parse(bytes)),
        ["override-v1"] = (
            Encoding.UTF8.GetString(new OverrideStatement
            {
                Decision = Digest.Of("x"u8),
                Repository = "urn:x",
                Head = new string('a', 40),
                Gate = "ops",
                Lifts = ["deny: ops: build.reproducible failed"],
                Person = "person:ada",
                Role = "lead",
                Reason = "The vendor knows, and will mend it.",
                From = DateTimeOffset.UnixEpoch,
                Until = DateTimeOffset.UnixEpoch.AddDays(1),
            }.ToUtf8()),
            bytes => OverrideStatement.Parse(bytes)),
        ["design-review-v1"] = (
            Encoding.UTF8.GetString(new DesignReviewStatement(Digest.Of("x"u8), "manager", "person:ada", DateTimeOffset.UnixEpoch).ToUtf8()),
            bytes => DesignReviewStatement.Parse(bytes)),
        ["halt-v1"] = (
            Encoding.UTF8.GetString(new HaltStatement { Repository = "urn:x", Service = "docs", Role = "lead", Reason = "An incident", Time = DateTimeOffset.UnixEpoch, PolicySet = Digest.Of("x"u8) }.ToUtf8()),
            bytes => HaltStatement.Parse(bytes)),
        ["resume-v1"] = (
            Encoding.UTF8.GetString(new ResumeStatement { Halt = Digest.Of("y"u8), Repository = "urn:x", Service = "docs", Role = "lead", Reason = "A directive", Time = DateTimeOffset.UnixEpoch, PolicySet = Digest.Of("x"u8) }.ToUtf8()),
            bytes => ResumeStatement.Parse(bytes)),
    };

    // A key of SSH, and a signature by it that nobody verifies here.
    private const string SshKey = "person:ada namespaces=\\\"kfm-*\\\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICSsaCwSQYr1DzU1CVErJUE7doQ46Myrx2qynjfLmBao";

    private const string SshSigned = """
        -----BEGIN SSH SIGNATURE-----
        U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgJKxoLBJBivUPNTUJUSslQTt2hD
        jozKvHarKeN8uYFqgAAAAPa2ZtLWFwcHJvdmFsQHYxAAAAAAAAAAZzaGE1MTIAAABTAAAA
        C3NzaC1lZDI1NTE5AAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
        -----END SSH SIGNATURE-----
        """;

    private static ApprovalStatement Approval => new(Digest.Of("x"u8), new string('a', 40), "lead", "person:ada", DateTimeOffset.UnixEpoch);

    public static IEnumerable<string> Names => Formats.Keys;

    private static string Pem => CanonicalText(Key.ToPem());

    private static string People => $$"""{"formatVersion":1,"people":[{"id":"person:ada","name":"Ada","roles":["lead","legal"],"keys":[{{Pem}}],"github":"ada","ssh":["{{SshKey}}"]}],"githubReviews":true}""";

    /// <summary>A document that both accept.</summary>
    public static string Sample(string name) => Formats[name].Sample;

    /// <summary>Whether the parser accepts a canonical text; anything but its typed refusal fails the test.</summary>
    public static bool Parses(string name, byte[] canonical)
    {
        try
        {
            Formats[name].Parse(canonical);
            return true;
        }
        catch (Provenance.KfmException)
        {
            return false;
        }
    }

    private static string CanonicalText(string text) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalize(System.Text.Json.Nodes.JsonValue.Create(text)!));
}
