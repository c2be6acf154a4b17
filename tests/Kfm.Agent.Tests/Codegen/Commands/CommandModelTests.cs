using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kfm.Agent.Codegen.Commands;
using Kfm.Agent.Configuration;
using Kfm.Agent.Patches;
using Kfm.Agent.Previews;
using Kfm.Agent.Tests.Previews;

namespace Kfm.Agent.Tests.Codegen.Commands;

public sealed class CommandModelTests : IDisposable
{
    private readonly AgentFixture _agent = new();

    public static TheoryData<IsolationKind> Kinds => SandboxTheoryAttribute.Kinds;

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task Edited_new_and_deleted_files_become_one_patch(IsolationKind kind)
    {
        var patch = Parse((await _agent.RunAsync("echo three >>a.txt; mkdir -p new/deep; echo n >new/deep/n.txt; rm docs/b.md", kind)).Patch);

        Assert.Equal(
            [(FileChange.Modify, "a.txt"), (FileChange.Delete, "docs/b.md"), (FileChange.Add, "new/deep/n.txt")],
            patch.Files.Select(f => (f.Change, f.NewPath)));
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task Agent_is_told_by_standard_input_and_by_files_outside_of_the_tree(IsolationKind kind)
    {
        var response = await _agent.RunAsync("cat - \"$KFM_PROMPT_FILE\" \"$KFM_INTENT_FILE\" \"$KFM_DESIGN_FILE\" >told.txt; echo \"$KFM_SEED\" >>told.txt; ! (: >\"$KFM_PROMPT_FILE\") 2>/dev/null", kind);

        Assert.EndsWith("+PROMPT TEXT\n+PROMPT TEXT\n+INTENTDESIGN1337\n", response.Patch, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_of_the_agent_are_taken_and_its_branches_are_not()
    {
        var response = await _agent.RunAsync("echo other >o.txt; git checkout -q -b other; git add o.txt; git commit -qm other; git checkout -q --detach HEAD~1; echo c >c.txt; git add c.txt; git commit -qm mine; echo d >d.txt");

        Assert.Equal(["c.txt", "d.txt"], Parse(response.Patch).Files.Select(f => f.NewPath));
    }

    [Fact]
    public async Task Ignored_files_are_left_out_and_tracked_ones_never()
    {
        var response = await _agent.RunAsync("mkdir out; echo x >out/x; echo t >t.tmp; mkfifo out/pipe; ln -s /etc/passwd out/link; echo '*.txt' >>.gitignore; echo z >>a.txt; echo y >y.txt");

        Assert.Equal([".gitignore", "a.txt"], Parse(response.Patch).Files.Select(f => f.NewPath));
    }

    [Fact]
    public async Task Modes_and_names_with_spaces_and_colons_come_through()
    {
        var response = await _agent.RunAsync("chmod +x a.txt; echo 1 >':(top) x y'; printf '#!/bin/sh\\n' >run; chmod 700 run; mkdir 'ü'; echo u >'ü/é.txt'");

        var files = Parse(response.Patch).Files;
        Assert.Equal([":(top) x y", "a.txt", "run", "ü/é.txt"], files.Select(f => f.NewPath).Order(StringComparer.Ordinal));
        Assert.Equal("100755", files.Single(f => f.NewPath == "a.txt").NewMode);
        Assert.Equal("100755", files.Single(f => f.NewPath == "run").NewMode);
    }

    [Fact]
    public async Task File_becomes_a_folder_and_a_folder_a_file()
    {
        var response = await _agent.RunAsync("rm a.txt; mkdir a.txt; echo i >a.txt/inner; echo .x >a.txt/.gitignore; rm -r docs; echo d >docs; rm link; mkdir link; echo l >link/l");

        Assert.Equal(
            ["a.txt", "a.txt/.gitignore", "a.txt/inner", "docs", "docs/b.md", "link", "link/l"],
            new PatchSummary(Parse(response.Patch)).ChangedPaths);
    }

    [Fact]
    public async Task Binary_content_is_in_the_patch_as_what_the_rules_refuse() =>
        Assert.True(Parse((await _agent.RunAsync("printf 'a\\000b' >bin.dat")).Patch).Files.Single().IsBinary);

    [Theory]
    [InlineData("ln -s /etc/passwd l", "link: l")]
    [InlineData("ln -s a.txt l", "link: l")]
    [InlineData("rm link; ln -s docs/b.md link", "link: link")]
    [InlineData("rm -r docs; ln -s /etc docs", "link: docs")]
    [InlineData("mkfifo p", "pipe, socket or device: p")]
    [InlineData("git init -q sub", "inside of the tree: sub/.git")]
    [InlineData("mkdir sub; echo 'gitdir: /x' >sub/.git", "inside of the tree: sub/.git")]
    [InlineData("mkdir -p out/.GIT", "inside of the tree: out/.GIT")]
    [InlineData("printf '\\303\\050' >f.txt", "not UTF-8")]
    [InlineData("touch \"$(printf 'n\\377')\"", "not UTF-8")]
    [InlineData("mkdir d; chmod 000 d", "changed nothing|cannot be read")]
    [InlineData("true", "changed nothing")]
    [InlineData("echo x >>a.txt; exit 7", "exit code 7")]
    [InlineData("exec no-such-program-at-all", "not found")]
    public async Task What_is_no_proposal_is_refused_with_its_reason(string script, string reason) =>
        Assert.Matches(reason, await _agent.RefusalAsync(script));

    [Fact]
    public async Task Nothing_that_the_agent_does_to_its_own_repository_runs_or_hides_anything()
    {
        var mark = _agent.Write("mark/none", "");
        var response = await _agent.RunAsync($"""
            for hook in pre-commit post-checkout post-index-change fsmonitor reference-transaction; do
                mkdir -p .git/hooks; printf '#!/bin/sh\ntouch {Path.GetDirectoryName(mark)}/ran\n' >.git/hooks/$hook; chmod +x .git/hooks/$hook
            done
            mkdir -p .git/info .git/objects/info
            git config core.fsmonitor "touch {Path.GetDirectoryName(mark)}/ran"
            git config core.hooksPath .git/hooks
            git config filter.evil.clean "touch {Path.GetDirectoryName(mark)}/ran; cat"
            git config diff.evil.textconv "touch {Path.GetDirectoryName(mark)}/ran; cat"
            git config core.worktree /etc
            printf 'a.txt\n' >>.git/info/exclude
            printf '*.txt filter=evil diff=evil\n' >.git/info/attributes
            echo /nonexistent >.git/objects/info/alternates
            echo x >>a.txt; echo n >n.txt
            rm .git/HEAD
            """);

        Assert.Equal(["a.txt", "n.txt"], Parse(response.Patch).Files.Select(f => f.NewPath));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(mark)!, "ran")));
    }

    [Fact]
    public async Task Attributes_of_the_tree_start_no_driver()
    {
        var response = await _agent.RunAsync("printf '*.txt filter=evil diff=evil\\n' >.gitattributes; echo x >>a.txt");

        Assert.Contains("+x\n", response.Patch, StringComparison.Ordinal);
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task Host_keys_homes_and_the_repository_itself_are_out_of_reach(IsolationKind kind)
    {
        var key = _agent.Write("keys/signing.pem", "signing key");
        _agent.Hidden.Add(key);
        var home = _agent.HostEnvironment["HOME"];
        _agent.Git.Run("config", "http.extraheader", "AUTHORIZATION: basic hostcredential");
        var response = await _agent.RunAsync(
            $"cat '{key}' '{home}/.ssh-key' '{_agent.Git.Path}/.git/config' '{_agent.Git.Path}/a.txt' >>a.txt 2>/dev/null || true; ls -A \"$HOME\" >>a.txt; ls -A /home /root >>a.txt 2>&1 || true; git remote >>a.txt; echo end >>a.txt; echo w >\"$HOME/w\"; (: >'{home}/written') 2>/dev/null || true",
            kind);

        var added = string.Concat(new PatchSummary(Parse(response.Patch)).AddedLines.Select(l => Encoding.UTF8.GetString(l.Content.Span)));
        Assert.EndsWith("end\n", added, StringComparison.Ordinal);
        Assert.DoesNotContain("key", added, StringComparison.Ordinal);
        Assert.DoesNotContain("credential", added, StringComparison.Ordinal);
        Assert.DoesNotContain("one", added, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(home, "written")));
    }

    [Fact]
    public async Task Environment_is_what_the_settings_allow_and_nothing_else()
    {
        _agent.HostEnvironment["AGENT_OPTION"] = "allowed";
        _agent.HostEnvironment["SECRET_OF_HOST"] = "hidden";
        _agent.Settings = _agent.Settings with { Environment = ["AGENT_OPTION", "NOT_THERE"] };

        var response = await _agent.RunAsync("env | cut -d= -f1 | sort >env.txt; echo \"$AGENT_OPTION\" >>env.txt");

        Assert.Contains("+AGENT_OPTION\n", response.Patch, StringComparison.Ordinal);
        Assert.Contains("+allowed\n", response.Patch, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET_OF_HOST", response.Patch, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT_THERE", response.Patch, StringComparison.Ordinal);
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task Network_is_there_only_when_the_base_allows_it(IsolationKind kind)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var script = $"if bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port}' 2>/dev/null; then echo open >n.txt; else echo shut >n.txt; fi";

        Assert.Contains("+shut\n", (await _agent.RunAsync(script, kind)).Patch, StringComparison.Ordinal);
        _agent.Settings = _agent.Settings with { Network = true };
        var open = await _agent.RunAsync(script, kind);
        Assert.Contains("+open\n", open.Patch, StringComparison.Ordinal);
        Assert.True(open.Command!.Network);
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task What_the_agent_leaves_running_ends_with_it(IsolationKind kind)
    {
        var response = await _agent.RunAsync("echo x >>a.txt; (while :; do echo late >>late.txt; sleep 0.05; done) >/dev/null 2>&1 & sleep 0.2; cp late.txt seen.txt", kind);

        Assert.Contains("seen.txt", response.Patch, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_agent.Scratch));
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task Time_that_is_over_ends_the_agent_with_a_reason(IsolationKind kind)
    {
        _agent.Settings = _agent.Settings with { TimeoutSeconds = 1 };

        Assert.Contains("longer than 1 s", await _agent.RefusalAsync("echo x >>a.txt; sleep 600", kind), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_agent.Scratch));
    }

    [Fact]
    public async Task Cancelled_agent_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _agent.RunAsync("echo x >>a.txt; sleep 600", cancellationToken: stop.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_agent.Scratch));
    }

    [Fact]
    public async Task Huge_output_is_dropped_beyond_the_limit()
    {
        _agent.Limits = new CommandLimits { OutputBytes = 1_000 };
        var response = await _agent.RunAsync("echo '{'; head -c 3000000 /dev/zero | tr '\\0' x; head -c 3000000 /dev/zero >&2; echo x >>a.txt");

        Assert.All(response.Printed, p => Assert.True(p.Text.Length <= 1_000, p.Name));
        Assert.NotNull(response.Session!.NotRead);
    }

    [Fact]
    public async Task Files_beyond_a_limit_are_refused()
    {
        _agent.Limits = new CommandLimits { ChangedBytes = 10_000 };
        Assert.Contains("more than 10000 bytes", await _agent.RefusalAsync("head -c 20000 /dev/zero | tr '\\0' x >big.txt"), StringComparison.Ordinal);
        Assert.Contains("+x\n", (await _agent.RunAsync("mkdir out; head -c 20000 /dev/zero >out/big; echo x >>a.txt")).Patch, StringComparison.Ordinal);
        _agent.Limits = new CommandLimits { TreeEntries = 20 };
        Assert.Contains("more than 20 files", await _agent.RefusalAsync("for i in $(seq 30); do : >f$i.txt; done"), StringComparison.Ordinal);
        _agent.Limits = new CommandLimits { FileBytes = 1 << 20 };
        Assert.Contains("exit code", await _agent.RefusalAsync("head -c 3000000 /dev/zero >out.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_isolation_no_agent_runs() =>
        Assert.Contains("no isolation", await _agent.RefusalAsync("echo x >>a.txt", IsolationKind.None), StringComparison.Ordinal);

    [Fact]
    public async Task Command_is_recorded_by_name_version_and_digest()
    {
        _agent.Settings = _agent.Settings with { Version = ["/bin/sh", "-c", "printf '\\033[1mtool 1.2.3\\033[0m\\nmore\\n'"] };
        var response = await _agent.RunAsync("echo x >>a.txt");

        Assert.Equal(("sh", "tool 1.2.3", "bubblewrap", false), (response.Command!.Tool, response.Command.Version, response.Command.Isolation, response.Command.Network));
        Assert.Equal("tool 1.2.3", response.ToolVersions["sh"]);
        Assert.Equal("not told", response.ModelVersion);
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("head -c 200 /dev/zero | tr '\\0' x")]
    [InlineData("echo ghp_7Hq2Zr8Kx0vN3tY5wLb1sDf6GjPc9MaQe4Ru")]
    [InlineData("env | grep PRIVATE_VALUE")]
    public async Task Version_that_cannot_be_recorded_is_none(string script)
    {
        _agent.HostEnvironment["PRIVATE_VALUE"] = "x";
        _agent.Settings = _agent.Settings with { Version = ["/bin/sh", "-c", script], Environment = ["PRIVATE_VALUE"] };

        Assert.Null((await _agent.RunAsync("echo x >>a.txt")).Command!.Version);
    }

    public void Dispose() => _agent.Dispose();

    private static UnifiedPatch Parse(string patch) => UnifiedPatch.Parse(Encoding.UTF8.GetBytes(patch));
}
