namespace Parcels.Tests;

public sealed class LegalDescriptionTests
{
    [Theory]
    [InlineData("Sec. 12, T10S R15E, 6th PM", 640)]
    [InlineData("NE1/4 Sec. 12, T10S R15E, 6th PM", 160)]
    [InlineData("S1/2 NE1/4 Sec. 3, T9N R4W, Boise Meridian", 80)]
    [InlineData("NW1/4 SE1/4 Sec. 36, T2N R3W, Boise Meridian", 40)]
    public void A_description_has_its_nominal_acreage_and_keeps_its_spelling(string text, int acres)
    {
        Assert.True(LegalDescription.TryParse(text, out var description));
        Assert.Equal(acres, description!.NominalAcreage.Acres);
        Assert.Equal(text, description.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Lot 4, Block 2")]
    [InlineData("Sec. 37, T10S R15E, 6th PM")]
    [InlineData("Sec. 0, T10S R15E, 6th PM")]
    [InlineData("NN1/4 Sec. 12, T10S R15E, 6th PM")]
    public void Other_texts_are_no_descriptions(string? text) => Assert.False(LegalDescription.TryParse(text, out _));
}
