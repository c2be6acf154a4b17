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

    public void Dispose() => _host.Dispose();
}
