using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Tests.Tampering;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Faults;

/// <summary>
/// What goes wrong around a run, one row each; every refusal names its reason, and nothing is lost.
/// <list type="table">
/// <item><term>full disk</term><description><see cref="FullDiskTests"/>, <see cref="AddedFileTests.Approval_without_room_leaves_the_bundle_as_it_was"/></description></item>
/// <item><term>killed process</term><description><see cref="KilledRunTests"/>, <see cref="ReplacedBundleTests"/>, <see cref="AddedFileTests.Approval_that_is_killed_as_it_is_written_leaves_the_bundle_as_it_was"/></description></item>
/// <item><term>two runs at once</term><description><see cref="Two_processes_at_once_share_one_ledger"/>, <see cref="RunTests.Two_runs_at_once_share_one_ledger"/></description></item>
/// <item><term>clock going back</term><description><see cref="ClockFaultTests"/></description></item>
/// <item><term>tampered people file</term><description><see cref="People_of_the_proposal_approve_nothing"/>, <see cref="Person_whose_key_was_changed_in_the_trust_file_is_refused"/>, <see cref="Broken_trust_file_is_refused"/></description></item>
/// <item><term>replayed approval</term><description><see cref="Approval_of_another_decision_is_refused_by_verify_and_approve"/>, <see cref="ApprovalAttackTests.Approval_of_another_decision_is_refused"/></description></item>
/// <item><term>truncated approval or override</term><description><see cref="AddedFileTests.Truncated_approval_is_refused"/>, <see cref="AddedFileTests.Truncated_override_is_refused"/></description></item>
/// <item><term>expired override</term><description><see cref="OverrideCommandTests.Denial_is_lifted_until_the_override_ends_and_stays_in_the_ledger"/></description></item>
/// </list>
/// </summary>
[Collection(SharedDemo.Name)]
public sealed class FaultTests(DemoRun demo)
{
    [Fact]
    public async Task Two_processes_at_once_share_one_ledger()
    {
        using var kfm = new KfmProcess();
        using var repository = new SmallRepository();
        string[] bundles = [kfm.PathOf("one"), kfm.PathOf("two")];
        var results = await Task.WhenAll(bundles.Select(b => kfm.RunAsync(kfm.Run(repository, b))));

        Assert.All(results, r => Assert.True(r.ExitCode == 0, r.ToString()));
        foreach (var bundle in bundles)
        {
            await kfm.ExpectAsync(0, "verify", bundle);
        }

        await kfm.LedgerIsSoundAsync();
    }

    [Fact]
    public async Task People_of_the_proposal_approve_nothing()
    {
        using var host = new KfmHost();
        using var git = new GitRepository();
        using var lead = EcdsaSigningKey.Create();
        using var mallory = EcdsaSigningKey.Create();
        git.Write("kfm.json", """{"formatVersion":1,"project":{"name":"small"},"people":".kfm/people.json"}""");
        git.Write(".kfm/people.json", People(lead));
        git.Commit("base");
        git.Write(".kfm/people.json", People(mallory));
        git.Commit("change");
        lead.Save(host.PathOf("lead.pem"));
        mallory.Save(host.PathOf("mallory.pem"));
        var ledger = host.PathOf("log.db");
        var run = await host.RunAsync("run", "--repo", git.Path, "--head", "HEAD", "--intent", "Document it", "--out", host.PathOf("out"), "--ledger", ledger);
        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains("tier critical", run.Output, StringComparison.Ordinal);

        string[] line = ["override", host.PathOf("out"), "--gate", "contract", "--scope", "tests", "--reason", "The rule is wrong for this file.", "--ledger", ledger, "--until", "2030-01-01T00:00:00Z"];
        var refused = await host.RunAsync([.. line, "--key", host.PathOf("mallory.pem")]);
        Assert.Equal((2, "not overridden: the key is not one of the people file's.\n"), (refused.ExitCode, refused.Output));

        // The person of the base is known, and only told what is wrong with the override.
        var known = await host.RunAsync([.. line, "--key", host.PathOf("lead.pem")]);
        Assert.DoesNotContain("not one of the people file's", known.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(host.PathOf("out/approvals")));
    }

    [Fact]
    public async Task Person_whose_key_was_changed_in_the_trust_file_is_refused()
    {
        using var other = EcdsaSigningKey.Create();
        var trust = Trust(people => people.Single(p => p!["id"]!.ToString() == "person:lead")!["keys"] = new JsonArray(other.PublicKey.ToPem()));

        var result = await demo.VerifyAsync(demo.Bundle("review"), trust);
        Refused.Assert(result, "people", rule: "approval");
        Assert.Contains(result.Findings, f => f.Contains("no key that the people file gives person:lead has signed it", StringComparison.Ordinal));

        var bundle = Unapproved();
        var approved = await ApproveAsync(bundle, trust);
        Assert.Equal((2, "not approved: the key is not one of the people file's.\n"), (approved.ExitCode, approved.Output));
        Assert.False(Directory.Exists(Path.Combine(bundle, BundleFiles.Approvals)));
    }

    [Fact]
    public async Task Broken_trust_file_is_refused()
    {
        var trust = Trust(people => people[0]!["keys"] = new JsonArray("no key"));
        var bundle = Unapproved();
        foreach (var result in (CommandResult[])[await ApproveAsync(bundle, trust), await demo.RunAsync("verify", bundle, "--trust", trust)])
        {
            Assert.Equal(1, result.ExitCode);
            Assert.Contains("people", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Approval_of_another_decision_is_refused_by_verify_and_approve()
    {
        var approval = Directory.GetFiles(Path.Combine(demo.Bundle("review"), BundleFiles.Approvals)).Single();
        foreach (var name in (string[])["allowed", "denied"])
        {
            var bundle = demo.Copy(name);
            Directory.CreateDirectory(Path.Combine(bundle, BundleFiles.Approvals));
            File.Copy(approval, Path.Combine(bundle, BundleFiles.Approvals, Path.GetFileName(approval)));

            var result = await demo.VerifyAsync(bundle);
            Refused.Assert(result, "replayed", "approvals/" + Path.GetFileName(approval), "approval");
            Assert.Contains(result.Findings, f => f.EndsWith("it is about another decision", StringComparison.Ordinal));
            var approved = await ApproveAsync(bundle, demo.Trust);
            Assert.Equal(2, approved.ExitCode);
            Assert.Matches("^not approved: the bundle does not verify .*it is about another decision", approved.Output);
        }
    }

    private static string People(EcdsaSigningKey key) => new JsonObject
    {
        ["formatVersion"] = 1,
        ["people"] = new JsonArray(new JsonObject { ["id"] = "person:lead", ["roles"] = new JsonArray("lead", "council"), ["keys"] = new JsonArray(key.PublicKey.ToPem()) }),
    }.ToJsonString();

    private string Unapproved()
    {
        var bundle = demo.Copy("review");
        Directory.Delete(Path.Combine(bundle, BundleFiles.Approvals), recursive: true);
        return bundle;
    }

    private Task<CommandResult> ApproveAsync(string bundle, string trust) => demo.RunAsync(
        "approve", bundle, "--role", "lead", "--key", demo.Key("lead"), "--trust", trust, "--ledger", Path.Combine(demo.Path, "none.db"));

    private string Trust(Action<JsonArray> change)
    {
        var trust = (JsonObject)JsonNode.Parse(File.ReadAllText(demo.Trust))!;
        change(trust["people"]!["people"]!.AsArray());
        var path = Path.Combine(demo.NewDirectory(), "trust.json");
        File.WriteAllText(path, trust.ToJsonString());
        return path;
    }
}
