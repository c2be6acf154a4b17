using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Tuf;

namespace Kfm.Provenance.Tests.Tuf;

public sealed class TufDelegationTests : TufFixture
{
    // Delegations as FROM>TO, with ! for a terminating one and :PATTERN for its paths; then the order in which the roles are visited.
    [Theory]
    [InlineData("targets>A", "A")]
    [InlineData("targets>A targets>B", "A B")]
    [InlineData("targets>A targets>B B>C", "A B C")]
    [InlineData("targets>A targets>B A>C A>D", "A C D B")]
    [InlineData("targets>A targets>B A>C C>D", "A C D B")]
    [InlineData("targets>A targets>B A>C! A>D", "A C")]
    [InlineData("targets>A targets>B A>C! C>D", "A C D")]
    [InlineData("targets>A:*.py targets>B A>C", "B")]
    [InlineData("targets>A targets>B A>C:*.py C>D", "A B")]
    [InlineData("targets>A targets>B B>C C>D D>B", "A B C D")]
    [InlineData("targets>A targets>B B>C A>C", "A C B")]
    [InlineData("targets>A targets>B B>C A>C:*.py", "A B C")]
    public async Task Search_visits_roles_in_pre_order_and_each_once(string delegations, string visited)
    {
        HashSet<string> changed = new(StringComparer.Ordinal);
        foreach (var delegation in delegations.Split(' '))
        {
            var (left, pattern) = delegation.Split(':') is [var l, var p] ? (l, p) : (delegation, "*");
            var ends = left.TrimEnd('!').Split('>');
            Repository.AddDelegation(ends[0], ends[1], left.EndsWith('!'), pattern);

            // A role that two others delegate to is signed by the keys of both.
            changed.UnionWith(ends);
        }

        Repository.PublishTargets([.. changed]);

        Assert.Null(await DownloadAsync("missingpath"));
        Assert.Equal(visited.Split(' '), Repository.Asked.Skip(4).Select(n => n.Split('.')[1]));
    }

    [Theory]
    [InlineData("targetfile", "")]
    [InlineData("README.md", "A")]
    [InlineData("releases/x/x_v1", "B C")]
    [InlineData("releases/y/y_v1.zip", "B D")]
    [InlineData("releases/z/z_v1.zip", "B", false)]
    public async Task Target_is_found_where_every_role_on_the_way_delegates_its_path(string path, string visited, bool found = true)
    {
        Repository.AddDelegation("targets", "A", false, "*.doc", "*.md");
        Repository.AddDelegation("targets", "B", false, "releases/*/*");
        Repository.AddDelegation("B", "C", false, "releases/x/*");
        Repository.AddDelegation("B", "D", false, "releases/y/*.zip");
        Repository.AddTarget("targets", "targetfile", "by targets");
        Repository.AddTarget("A", "README.md", "by A");
        Repository.AddTarget("C", "releases/x/x_v1", "by C");
        Repository.AddTarget("D", "releases/y/y_v1.zip", "by D");
        Repository.AddTarget("D", "releases/z/z_v1.zip", "by D, who may not");
        Repository.PublishTargets("A", "B", "C", "D", "targets");

        var content = await DownloadAsync(path);

        Assert.Equal(found ? Repository.Targets[path] : null, content);
        Assert.Equal(visited.Split(' ', StringSplitOptions.RemoveEmptyEntries), Repository.Asked.Skip(4).Where(n => !n.StartsWith("targets/", StringComparison.Ordinal)).Select(n => n.Split('.')[1]));
    }

    [Theory]
    [InlineData("?", "%3F")]
    [InlineData("#", "%23")]
    [InlineData("/delegatedrole", "%2Fdelegatedrole")]
    [InlineData("../delegatedrole", "..%2Fdelegatedrole")]
    [InlineData("ü é", "%C3%BC%20%C3%A9")]
    public async Task Unusual_name_of_a_role_is_one_segment_of_address_and_cache(string role, string encoded)
    {
        Repository.AddDelegation("targets", role);
        Repository.PublishTargets(role, "targets");

        Assert.Null(await DownloadAsync("missingpath"));

        Assert.Equal($"2.{encoded}.json", Repository.Asked[^1]);
        Assert.Equal(2, Trusted(role));
    }

    [Theory]
    [InlineData("root")]
    [InlineData("timestamp")]
    [InlineData("snapshot")]
    [InlineData("targets")]
    [InlineData("")]
    public async Task Delegated_role_cannot_have_the_name_of_another_role(string role)
    {
        Repository.AddDelegation("targets", "A");
        Repository.RoleEntry("A", "targets")["name"] = role;
        Repository.PublishTargets("targets");

        await RefusedAsync(TufFailure.Format, "targets");
    }

    [Fact]
    public async Task Delegated_role_needs_the_keys_of_its_delegator()
    {
        Repository.AddDelegation("targets", "A");
        Repository.RoleEntry("A", "targets")["keyids"] = new JsonArray();
        Repository.PublishTargets("A", "targets");

        var e = await Assert.ThrowsAsync<TufException>(() => DownloadAsync("any"));

        Assert.Equal((TufFailure.Threshold, "A"), (e.Failure, e.Role));
    }

    [Fact]
    public async Task Search_ends_at_the_limit_of_delegations()
    {
        for (var i = 0; i < 40; i++)
        {
            Repository.AddDelegation(i == 0 ? "targets" : $"r{i - 1}", $"r{i}");
        }

        Repository.PublishTargets([.. Enumerable.Range(0, 40).Select(i => $"r{i}"), "targets"]);

        Assert.Null(await DownloadAsync("any"));
        Assert.Equal(32, Repository.Asked.Count(n => n.Contains(".r", StringComparison.Ordinal) && n != "2.root.json"));
    }

    [Fact]
    public async Task Prefix_of_the_hash_of_a_path_delegates_it()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("some/file")));
        Repository.AddDelegation("targets", "A");
        var entry = Repository.RoleEntry("A", "targets");
        entry.Remove("paths");
        entry["path_hash_prefixes"] = new JsonArray(hash[..3]);
        Repository.AddTarget("A", "some/file", "content");
        Repository.AddTarget("A", "other/file", "content");
        Repository.PublishTargets("A", "targets");

        Assert.NotNull(await DownloadAsync("some/file"));
        Assert.Null(await DownloadAsync("other/file"));
    }

    [Fact]
    public async Task Succinct_roles_choose_the_bin_by_the_hash_of_the_path()
    {
        var bin = $"bin-{Convert.ToHexStringLower(SHA256.HashData("some/file"u8))[..1]}";
        Repository.AddDelegation("targets", bin);
        var delegations = Repository.Signed["targets"]["delegations"]!.AsObject();
        delegations["succinct_roles"] = new JsonObject
        {
            ["keyids"] = Repository.RoleEntry(bin, "targets")["keyids"]!.DeepClone(),
            ["threshold"] = 1,
            ["bit_length"] = 4,
            ["name_prefix"] = "bin",
        };
        delegations.Remove("roles");
        Repository.AddTarget(bin, "some/file", "content");
        Repository.PublishTargets(bin, "targets");

        Assert.Equal("content"u8.ToArray(), await DownloadAsync("some/file"));
    }

    [Theory]
    [InlineData("*", "a", true)]
    [InlineData("*", "a/b", false)]
    [InlineData("a/*", "a/b", true)]
    [InlineData("a/*", "a/b/c", false)]
    [InlineData("*.tgz", "foo.tgz", true)]
    [InlineData("*.tgz", "foo.tgz.sig", false)]
    [InlineData("foo-v?.tgz", "foo-v2.tgz", true)]
    [InlineData("foo-v?.tgz", "foo-v22.tgz", false)]
    [InlineData("foo-[12].tgz", "foo-2.tgz", true)]
    [InlineData("foo-[!12].tgz", "foo-2.tgz", false)]
    [InlineData("foo-[a-c].tgz", "foo-b.tgz", true)]
    [InlineData("[]].x", "].x", true)]
    [InlineData("[x", "[x", true)]
    [InlineData("**a", "xxa", true)]
    [InlineData("A", "a", false)]
    [InlineData("", "", true)]
    public void Pattern_covers_within_a_segment_only(string pattern, string path, bool expected) =>
        Assert.Equal(expected, TufPathPattern.IsMatch(pattern, path));
}
