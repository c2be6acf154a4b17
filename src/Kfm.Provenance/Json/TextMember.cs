namespace Kfm.Provenance.Json;

/// <summary>A member of an object that is still open, and which pieces hold it.</summary>
internal struct TextMember
{
    public ulong Prefix;    // the first eight bytes of the name, so that they compare as a number
    public int Start;       // the source offset of the name's first quote
    public int End;         // the source offset after the value
    public int NameStart;   // the text of the name, in the source
    public int NameLength;  // or its complement: then it is in the side buffer
    public int Tail;        // the last piece when the name began, and where the text that belongs to no piece yet began
    public int Run;
    public int EndTail;     // the same when the value ended
    public int EndRun;
    public int First;       // while members are sorted: the first piece
}
