using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kfm.Agent.Previews;
using Kfm.Agent.Processes;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Previews;

public sealed class SandboxTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ProcessRunner _runner = new(new ProcessTimer(TimeProvider.System));

    public static TheoryData<IsolationKind> Kinds => SandboxTheoryAttribute.Kinds;

    private string Work => Directory.CreateDirectory(_folder.Combine("work")).FullName;

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task Without_a_network_nothing_outside_can_be_reached_and_with_one_it_can(IsolationKind kind)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var connect = Shell("exec 3<>/dev/tcp/127.0.0.1/" + port) with { Arguments = ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port] };

        Assert.NotEqual(0, (await RunAsync(kind, connect)).ExitCode);
        Assert.Equal(0, (await RunAsync(kind, connect with { Network = true })).ExitCode);
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task Inside_there_is_a_loopback_device_of_its_own(IsolationKind kind)
    {
        var result = await RunAsync(kind, Shell("cat /proc/net/if_inet6 /proc/net/fib_trie"));

        Assert.Contains("127.0.0.1", result.OutputText, StringComparison.Ordinal);
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task Hidden_keys_and_ledgers_have_no_bytes_wherever_they_lie(IsolationKind kind)
    {
        var key = _folder.Write("keys/signer.pem", "secret key");
        var ledger = _folder.Write("state/ledger.db", "secret entries");
        var inWork = _folder.Write("work/sub/key.pem", "secret in the tree");
        var link = _folder.Combine("link");
        File.CreateSymbolicLink(link, key);
        var command = Shell($"cat '{key}' '{ledger}' '{inWork}' '{link}' /proc/1/root'{ledger}' 2>/dev/null; ls -A '{Path.GetDirectoryName(ledger)}'; umount '{inWork}' 2>/dev/null; cat '{inWork}'") with
        {
            HiddenPaths = [link, Path.GetDirectoryName(ledger)!, inWork, _folder.Combine("not-there")],
            ReadOnlyPaths = [_folder.Path],
        };

        Assert.Equal("", (await RunAsync(kind, command)).OutputText);
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_deeper_path_decides_over_the_one_that_holds_it(IsolationKind kind)
    {
        _folder.Write("home/.packages/a", "package");
        _folder.Write("home/.ssh/id", "secret");
        var command = Shell($"ls -A '{_folder.Combine("home")}'; cat '{_folder.Combine("home/.packages/a")}'; : >'{_folder.Combine("home/.packages/b")}'") with
        {
            HiddenPaths = [_folder.Combine("home")],
            ReadOnlyPaths = [_folder.Combine("home/.packages")],
        };

        var result = await RunAsync(kind, command);

        Assert.Equal(".packages\npackage", result.OutputText);
        Assert.NotEqual(0, result.ExitCode);
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task Only_the_working_directory_and_writable_paths_can_be_written(IsolationKind kind)
    {
        var beside = Directory.CreateDirectory(_folder.Combine("beside")).FullName;
        var open = Directory.CreateDirectory(_folder.Combine("open")).FullName;
        string[] outside = [beside, RepositoryRoot.Path, "/", "/etc", "/usr", "/var", "/proc/sys/kernel", "/sys"];
        var tries = string.Concat(outside.Select(folder => $"(: >'{folder}/kfm-wrote') 2>/dev/null && echo '{folder}'\n"));
        var command = Shell(tries + $"echo in >here; echo in >'{open}/there'; echo in >/tmp/gone") with
        {
            ReadOnlyPaths = [beside],
            WritablePaths = [open],
        };

        Assert.Equal("", (await RunAsync(kind, command)).OutputText);
        Assert.True(File.Exists(_folder.Combine("work/here")) && File.Exists(_folder.Combine("open/there")));
        Assert.False(File.Exists("/tmp/gone"));
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task The_environment_is_the_one_given(IsolationKind kind)
    {
        Environment.SetEnvironmentVariable("KFM_TEST_SECRET", "secret");
        var command = Shell("env") with
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["GREETING"] = "hello world" },
        };

        var names = (await RunAsync(kind, command)).OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // The shells themselves add where they are.
        Assert.Equal(["GREETING=hello world", "PATH=/usr/bin:/bin"], names.Where(name => !name.StartsWith("PWD=", StringComparison.Ordinal) && !name.StartsWith("OLDPWD=", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task Processes_of_the_machine_are_not_seen(IsolationKind kind)
    {
        var result = await RunAsync(kind, Shell("ls /proc | grep -c '^[0-9]'"));

        Assert.InRange(int.Parse(result.OutputText, CultureInfo.InvariantCulture), 1, 5);
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_command_leaves_running_ends_with_it(IsolationKind kind)
    {
        var result = await RunAsync(kind, Shell("sleep 86401 & echo started"));

        Assert.Equal("started\n", result.OutputText);
        Assert.True(await GoneAsync("86401"));
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_timeout_ends_everything(IsolationKind kind)
    {
        var result = await RunAsync(kind, Shell("sleep 86402 & setsid sleep 86402 & sleep 86402") with { Timeout = TimeSpan.FromMilliseconds(300) });

        Assert.True(result.TimedOut);
        Assert.True(await GoneAsync("86402"));
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_cancellation_ends_everything(IsolationKind kind)
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(kind, Shell("sleep 86403 & sleep 86403"), cancelled.Token));
        Assert.True(await GoneAsync("86403"));
    }

    [SandboxTheory]
    [MemberData(nameof(Kinds))]
    public async Task The_umask_and_the_exit_code_come_through(IsolationKind kind)
    {
        var result = await RunAsync(kind, Shell("umask; exit 42") with { Umask = 63 });

        Assert.Equal(("0077\n", 42), (result.OutputText, result.ExitCode));
    }

    [Fact]
    public async Task Without_isolation_the_result_says_so()
    {
        var sandbox = await Sandbox.ProbeAsync(_runner, _folder.Path, IsolationKind.None);

        Assert.Equal((IsolationKind.None, "none"), (sandbox.Isolation, sandbox.IsolationName));
        Assert.Equal("ran", (await sandbox.RunAsync(Shell("printf ran"))).OutputText);
        await Assert.ThrowsAsync<ProcessStartException>(() => sandbox.RunAsync(new SandboxCommand(["kfm-no-such-program"], Work)));
    }

    [Fact]
    public async Task Misuse_is_refused()
    {
        var sandbox = new Sandbox(_runner, IsolationKind.Bubblewrap);

        await Assert.ThrowsAsync<ArgumentException>(() => sandbox.RunAsync(new SandboxCommand([], Work)));
        await Assert.ThrowsAsync<ArgumentException>(() => sandbox.RunAsync(Shell("true") with { HiddenPaths = ["relative"] }));
    }

    public void Dispose() => _folder.Dispose();

    private SandboxCommand Shell(string script) => new(["/bin/sh", "-c", script], Work)
    {
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" },
    };

    private Task<ProcessResult> RunAsync(IsolationKind kind, SandboxCommand command, CancellationToken cancellationToken = default) =>
        new Sandbox(_runner, kind).RunAsync(command, cancellationToken);

    /// <summary>Whether no process of the machine has this argument any more; the kernel may take a moment to end one.</summary>
    private static async Task<bool> GoneAsync(string argument)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (!Directory.EnumerateDirectories("/proc").Any(process => Runs(process, argument)))
            {
                return true;
            }

            await Task.Delay(20);
        }

        return false;
    }

    private static bool Runs(string process, string argument)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0])
                && File.ReadAllText(Path.Combine(process, "cmdline")).Contains("sleep\0" + argument, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
