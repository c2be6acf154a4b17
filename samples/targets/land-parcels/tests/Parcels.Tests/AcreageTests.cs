namespace Parcels.Tests;

public sealed class AcreageTests
{
    [Fact]
    public void A_section_has_640_acres_and_nearly_259_hectares()
    {
        var section = new Acreage(Acreage.Section);

        Assert.Equal("640 ac", section.ToString());
        Assert.Equal(258.9988m, section.Hectares);
    }

    [Fact]
    public void A_negative_area_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Acreage(-1m));

    [Theory]
    [InlineData(160, 158, 0.02, true)]
    [InlineData(160, 150, 0.02, false)]
    public void Areas_are_compared_with_a_tolerance(int nominal, int recorded, double tolerance, bool within) =>
        Assert.Equal(within, new Acreage(nominal).IsWithin(new Acreage(recorded), (decimal)tolerance));
}
