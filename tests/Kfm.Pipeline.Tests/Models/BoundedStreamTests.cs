using Kfm.Agent.Codegen;
using Kfm.Pipeline.Models;

namespace Kfm.Pipeline.Tests.Models;

public sealed class BoundedStreamTests
{
    [Theory]
    [InlineData(99, false)]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public async Task Body_is_read_up_to_its_limit(int length, bool refused)
    {
        using var content = new HttpBoundedContent(new ByteArrayContent(new byte[length]), 100);

        var failure = await Record.ExceptionAsync(async () => Assert.Equal(length, (await content.ReadAsByteArrayAsync()).Length));

        Assert.Equal(refused, failure is CodegenModelException);
        Assert.True(refused || failure is null);
    }
}
