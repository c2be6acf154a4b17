namespace Kfm.Pipeline.Tests;

public sealed class PolicyCommandTests : IDisposable
{
    private readonly KfmHost _host = new();

    [Fact]
    public async Task Shipped_policies_pass_their_tests()
    {
        var result = await _host.RunAsync("policy", "test");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("PASS", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.p.yes", 0)]
    [InlineData("data.p.no", 0)]
    [InlineData("data.p.no", 1, "--fail")]
    [InlineData("data.p.yes", 0, "--fail")]
    [InlineData("data.p.yes", 1, "--fail-defined")]
    [InlineData("data.p.conflict", 2)]
    [InlineData("data.p.[", 2)]
    public async Task Eval_exits_as_opa_does(string query, int code, params string[] options)
    {
        var policy = _host.Write("p.rego", "package p\n\nyes := 1\n\nno if false\n\nconflict := 1\n\nconflict := 2\n");
        var result = await _host.RunAsync(["policy", "eval", "-d", policy, .. options, query]);
        Assert.True(result.ExitCode == code, result.Output + result.Error);
    }

    [Theory]
    [InlineData("package p\n\ntest_a if true\n", 0)]
    [InlineData("package p\n\ntest_a if false\n", 2)]
    [InlineData("package p\n\ntest_a if {\n", 1)]
    public async Task Test_exits_as_opa_does(string policy, int code) =>
        Assert.Equal(code, (await _host.RunAsync("policy", "test", _host.Write("p_test.rego", policy))).ExitCode);

    [Fact]
    public async Task Unknown_path_is_an_error()
    {
        Assert.Equal(2, (await _host.RunAsync("policy", "eval", "-d", _host.PathOf("none"), "data.x")).ExitCode);
        Assert.Equal(1, (await _host.RunAsync("policy", "test", _host.PathOf("none"))).ExitCode);
    }

    [Fact]
    public async Task Data_stands_below_its_folders_and_input_comes_from_a_file()
    {
        _host.Write("d/app/roles/x.json", """{"lead":true}""");
        var input = _host.Write("input.json", """{"role":"lead"}""");
        var result = await _host.RunAsync("policy", "eval", "-f", "raw", "-d", _host.PathOf("d"), "-i", input, "data.app.roles[input.role]");
        Assert.Equal("true\n", result.Output);
    }

    [Fact]
    public async Task Shipped_policies_are_covered_whole() =>
        Assert.Equal(0, (await _host.RunAsync("policy", "test", "--threshold", "100")).ExitCode);

    [Theory]
    [InlineData(0, "PASS: 1/1", "--run", "test_a")]
    [InlineData(2, "failed: input.x == 1", "-v")]
    [InlineData(2, "\"fail\": true", "--format", "json")]
    [InlineData(2, "Code coverage threshold not met: got 33.33 instead of 90.00", "--run", "test_a", "--threshold", "90")]
    [InlineData(1, "is not a regular expression", "--run", "(")]
    public async Task Test_takes_the_options_of_opa(int code, string expected, params string[] options)
    {
        var policy = _host.Write("p_test.rego", "package p\n\ntest_a if true\n\ntest_b if {\n\tinput.x == 1\n}\n");
        var result = await _host.RunAsync(["policy", "test", policy, .. options]);
        Assert.True(result.ExitCode == code, result.Output + result.Error);
        Assert.Contains(expected, result.Output + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "p := 1", "")]
    [InlineData(1, "p := 1 + \"a\"", "rego_type_error: plus: invalid argument(s)\n\thave: (number, string)\n\twant: (number, number, number)")]
    [InlineData(1, "p := 1 + \"a\"", "\"code\": \"rego_type_error\"", "--format", "json")]
    [InlineData(1, "p if { x := 1 }", "assigned var x unused", "--strict")]
    [InlineData(0, "p { true }", "", "--v0-compatible")]
    public async Task Check_tells_the_errors(int code, string rule, string expected, params string[] options)
    {
        var result = await _host.RunAsync(["policy", "check", _host.Write("p.rego", "package p\n\n" + rule), .. options]);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(expected, result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fmt_shows_lists_and_writes()
    {
        var policy = _host.Write("p.rego", "package p\np:=1");
        Assert.Equal("package p\n\np := 1\n", (await _host.RunAsync("policy", "fmt", policy)).Output);
        Assert.Equal((1, policy + Environment.NewLine), ((await _host.RunAsync("policy", "fmt", "-l", "--fail", policy)) is var r ? (r.ExitCode, r.Output) : default));
        await _host.RunAsync("policy", "fmt", "-w", policy);
        Assert.Equal("package p\n\np := 1\n", await File.ReadAllTextAsync(policy));
        Assert.Equal((0, ""), ((await _host.RunAsync("policy", "fmt", "-l", "--fail", policy)) is var s ? (s.ExitCode, s.Output) : default));
    }

    [Fact]
    public async Task Eval_explains_which_expression_failed()
    {
        var policy = _host.Write("p.rego", "package p\n\ndeny contains \"late\" if {\n\tinput.hour > 18\n}\n");
        var input = _host.Write("i.json", """{"hour": 9}""");
        var result = await _host.RunAsync("policy", "eval", "--explain", "-f", "pretty", "-d", policy, "-i", input, "data.p.deny");
        Assert.Equal($"[]\n\ndata.p.deny\n  {policy}:3: did not fire\n    {policy}:4: failed: input.hour > 18\n", result.Output);
        Assert.Contains("\"explanation\"", (await _host.RunAsync("policy", "eval", "--explain", "-d", policy, "-i", input, "data.p.deny")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_gives_policies_and_data()
    {
        _host.Write("b/.manifest", """{"roots": ["app"]}""");
        _host.Write("b/app/p.rego", "package app.policy\n\nlead := data.app.roles.lead\n");
        _host.Write("b/app/roles/data.json", """{"lead": "ann"}""");
        Assert.Equal("ann\n", (await _host.RunAsync("policy", "eval", "-f", "raw", "-b", _host.PathOf("b"), "data.app.policy.lead")).Output);
        _host.Write("b/.manifest", """{"roots": ["other"]}""");
        Assert.Equal(2, (await _host.RunAsync("policy", "eval", "-b", _host.PathOf("b"), "data.app.policy.lead")).ExitCode);
    }

    public void Dispose() => _host.Dispose();
}
