using System.Text;
using Kfm.Gates.Reports;

namespace Kfm.Gates.Tests.Reports;

public class BenchmarkReaderTests
{
    [Fact]
    public void Report_of_BenchmarkDotNet_gives_means_and_memory()
    {
        var results = Read("""
            {"Title":"x","Benchmarks":[
              {"FullName":"Bench.Parse(size: 10)","Statistics":{"N":3,"Mean":123.5},"Memory":{"Gen0Collections":1,"BytesAllocatedPerOperation":64}},
              {"FullName":"Bench.Write","Statistics":{"Mean":7}}]}
            """);
        Assert.Equal([new("Bench.Parse(size: 10)", 123.5, 64), new BenchmarkResult("Bench.Write", 7, null)], results);
    }

    [Theory]
    [InlineData("ns", 2d, null)]
    [InlineData("us", 2e3, null)]
    [InlineData("µs", 2e3, null)]
    [InlineData("ms", 2e6, null)]
    [InlineData("s", 2e9, null)]
    [InlineData("B", null, 2d)]
    [InlineData("KB", null, 2048d)]
    [InlineData("MB", null, 2097152d)]
    public void Row_has_a_unit_of_time_or_size(string unit, double? time, double? bytes) =>
        Assert.Equal(new BenchmarkResult("a", time, bytes), Assert.Single(Read($"[{{\"name\":\"a\",\"value\":2,\"unit\":\"{unit}\",\"ratio\":null}},{{\"name\":\"b\",\"value\":9,\"unit\":\"MB/s\"}}]")));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{\"name\":\"a\",\"value\":9,\"unit\":\"MB/s\"}]")]
    [InlineData("[{\"name\":\"\",\"value\":9,\"unit\":\"ns\"}]")]
    [InlineData("[{\"name\":\"a\",\"value\":\"9\",\"unit\":\"ns\"}]")]
    [InlineData("[{\"name\":\"a\",\"value\":-9,\"unit\":\"ns\"}]")]
    [InlineData("{\"Benchmarks\":[]}")]
    [InlineData("{\"Benchmarks\":[{\"FullName\":\"a\",\"Statistics\":null}]}")]
    [InlineData("{\"Benchmarks\":[{\"Statistics\":{\"Mean\":1}}]}")]
    [InlineData("{\"Benchmarks\":[{\"FullName\":\"a\",\"Statistics\":{\"Mean\":1}}]")]
    public void Results_that_are_broken_or_empty_are_refused(string text) => Assert.Throws<ReportFormatException>(() => Read(text));

    private static IReadOnlyList<BenchmarkResult> Read(string text) => BenchmarkReader.Read(Encoding.UTF8.GetBytes(text));
}
