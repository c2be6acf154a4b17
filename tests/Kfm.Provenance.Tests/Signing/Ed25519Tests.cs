using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Signing.Edwards25519;

namespace Kfm.Provenance.Tests.Signing;

public sealed class Ed25519Tests
{
    // RFC 8032, 7.1: secret key, public key, message, signature.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Vector_of_the_specification_is_signed_and_verified(string seed, string publicKey, string message, string signature)
    {
        using var key = Ed25519SigningKey.FromSeed(Convert.FromHexString(seed));
        var data = Convert.FromHexString(message);
        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey.Der.Span[12..]));
        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(data)));
        Assert.True(VerificationKey.FromEd25519(Convert.FromHexString(publicKey)).Verify(data, Convert.FromHexString(signature)));
    }

    [Fact]
    public void What_any_seed_signs_verifies_and_with_one_bit_changed_does_not() =>
        Prop.ForAll<byte[], byte[], int>((seedText, data, bit) =>
        {
            var seed = new byte[32];
            seedText.AsSpan(0, Math.Min(32, seedText.Length)).CopyTo(seed);
            using var key = Ed25519SigningKey.FromSeed(seed);
            var signature = key.Sign(data);
            var changed = signature.ToArray();
            changed[(bit & int.MaxValue) / 8 % 64] ^= (byte)(1 << (bit & 7));
            return key.PublicKey.Verify(data, signature) && !key.PublicKey.Verify(data, changed) && !key.PublicKey.Verify([.. data, 0], signature);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Signature_with_the_order_added_to_its_second_half_is_refused()
    {
        using var key = Ed25519SigningKey.FromSeed(new byte[32]);
        var signature = key.Sign("data"u8);
        var order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        var carry = 0;
        for (var i = 0; i < 32; i++)
        {
            carry += signature[32 + i] + order[i];
            signature[32 + i] = (byte)carry;
            carry >>= 8;
        }

        Assert.False(key.PublicKey.Verify("data"u8, signature));
    }

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000", "the neutral point")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "a point of order 2")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "a point of order 4")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "a point of order 8")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", "x is zero and its sign is set")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "y is not below p")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "no x belongs to y")]
    public void Key_that_no_seed_has_is_refused(string hex, string why)
    {
        Assert.NotEmpty(why);
        Assert.Throws<KeyFormatException>(() => VerificationKey.FromEd25519(Convert.FromHexString(hex)));
    }

    [Fact]
    public void Remainder_of_any_number_is_that_of_big_integers()
    {
        var order = System.Numerics.BigInteger.Pow(2, 252) + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493", null);
        foreach (var fill in new byte[] { 0, 1, 0x7f, 0x80, 0xff })
        {
            for (var length = 1; length <= 64; length++)
            {
                var wide = new byte[64];
                wide.AsSpan(0, length).Fill(fill);
                var scalar = new ulong[4];
                Scalar.Reduce(wide, scalar);
                var bytes = new byte[32];
                Scalar.Write(scalar, bytes);
                var expected = new System.Numerics.BigInteger(wide, isUnsigned: true) % order;
                Assert.Equal(expected, new System.Numerics.BigInteger(bytes, isUnsigned: true));
            }
        }
    }

    [Fact]
    public void Multiples_of_the_base_point_by_both_tables_are_the_same()
    {
        using var key = Ed25519SigningKey.FromSeed(Encoding.ASCII.GetBytes("abcdefghijklmnopqrstuvwxyz012345"));
        foreach (var high in new ulong[] { 0, 1, 0x0fffffffffffffff, 0x1000000000000000 })
        {
            var scalar = new ulong[] { 0x8888888888888888, ulong.MaxValue, 0x7777777777777777, high };
            var sum = EdwardsPoint.Identity;
            for (var bit = 255; bit >= 0; bit--)
            {
                sum = sum.Doubled();
                sum = ((scalar[bit / 64] >> (bit % 64)) & 1) != 0 ? sum.Plus(new CachedPoint(EdwardsPoint.Base)) : sum;
            }

            byte[] expected = new byte[32], actual = new byte[32];
            sum.Encode(expected);
            BaseTables.Multiply(scalar).Encode(actual);
            Assert.Equal(expected, actual);
        }
    }
}
