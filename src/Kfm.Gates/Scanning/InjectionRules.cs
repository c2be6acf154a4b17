namespace Kfm.Gates.Scanning;

/// <summary>The rules of prompt injection that know phrasings. They read folded text: lower case, one blank for any white space.</summary>
internal static class InjectionRules
{
    private const string Word = @"[a-z0-9'""`,_/-]+ ";
    private const string Instructions = "(instruction|direction|directive|guideline|rule|prompt|command|constraint|restriction|polic(y|ie)|context|order|training|programming|safeguard|guardrail|safety measure)s?";
    private const string Earlier = "(previous|prior|above|earlier|preceding|existing|former|foregoing|initial|original|past|system|developer|safety|security|your|these|those|all|any|every|the)";
    private const string Machine = "(ai|a\\.i\\.|llms?|language models?|assistants?|ai agents?|coding agents?|coding assistants?|code assistants?|agents?|copilot|claude|chatgpt|gpt(-[0-9a-z.]+)?|gemini|codex|cursor|bots?|models?)";
    private const string Secret = "(secrets?|tokens?|api[ _-]?keys?|keys?|credentials?|passwords?|environment variables?|env vars?|environment|\\.env( files?)?|ssh keys?|private keys?|source code|conversation|chat history|system prompt|file contents?|contents? of)";

    public static readonly InjectionRule[] All =
    [
        new("override",
            ["ignor", "disregard", "forget", "overrid", "bypass", "neglect", "discard", "not follow", "t follow", "stop follow", "not obey", "void", "supersede", "cancel"],
            $@"\b(ignor(e|ing)|disregard(ing)?|forget(ting)?|overrid(e|ing)|bypass(ing)?|neglect|discard|do not follow|don't follow|stop following|do not obey|don't obey) ({Word}){{0,3}}?({Earlier}) ({Word}){{0,3}}?{Instructions}\b"
            + @"|\b(ignore|disregard|forget|discard) (everything|anything|all)( that (was|is|you were|has been))?( you( have been| were|'ve been)?)? (above|before|prior|previous|said|told|written|so far|up to)"
            + $@"|\b{Instructions} (above |before )?(are|is) (now )?(void|obsolete|cancell?ed|superseded|no longer (valid|in effect))"),
        new("override-other",
            ["ignor", "vergiss", "忽略", "無視", Folded("игнорируй"), Folded("забудь"), "oubli", "olvida", "esque", "dimentica", "negeer"],
            @"ignor(iere|ieren sie) (alle |s(a|ä)mtliche )?(vorherigen|bisherigen|vorigen|obigen|fruheren|früheren)? ?(anweisung|regel|instruktion|vorgabe)|vergiss (alle )?(vorherigen|bisherigen|deine) (anweisung|regel|instruktion)"
            + @"|(ignore[zr]?|oublie[zr]?) (toutes )?(les |tes |vos )(instructions|consignes|regles|directives) (precedentes|anterieures|ci-dessus)|(ignora|olvida) (todas )?(las |tus )?(instrucciones|reglas|indicaciones) (anteriores|previas|de arriba)"
            + @"|(ignore|ignora|esqueca) (todas )?(as |suas )?(instrucoes|regras) (anteriores|previas|acima)|(ignora|dimentica) (tutte )?(le |tue )?(istruzioni|regole) (precedenti|sopra)|negeer (alle )?(vorige|eerdere|bovenstaande) (instructies|regels)"
            + @"|忽略(之前|以上|先前|所有|前面|上述)|(指示|命令|プロンプト)を無視|以前の指示"
            + $"|({Folded("игнорируй")}(те)?|{Folded("забудь")}(те)?) ({Folded("все")} )?({Folded("предыдущие")}|{Folded("прежние")})"),
        new("new-instructions",
            ["instruction", "from now on", "your real", "your true", "your actual", "your new", "new task", "new objective", "instead,"],
            @"\b(new|updated|revised|real|actual|true|important|urgent|additional|secret|hidden|special) (system )?(instructions?|directives?|objective|orders)( for (you|the (ai|assistant|model|agent)))? ?[:;!]|\byour (new|real|true|actual|only) (task|goal|job|role|purpose|objective|instructions?|mission|identity) (is|are|will be)\b"
            + @"|\bfrom now on,? (you|always|never|ignore|act|answer|respond|your)\b|\bfollow (these|the following|my|only (these|my)) (new )?instructions (instead|only|and (nothing|no|ignore))\b|\b(instead|rather),? (do|perform|execute) the following\b"),
        new("persona",
            ["you are now", "you're now", "act as", "pretend", "developer mode", "jailbr", "do anything now", "dan mode", "roleplay", "role-play", "god mode", "unrestricted", "unfiltered", "no restrictions"],
            @"\byou('re| are) (now|no longer|hereby) (an? |the |in |bound|subject|restricted|limited|free|dan|root|admin|unrestricted)|\b(act|behave|respond) as (if you (are|were|have)|an? (unrestricted|unfiltered|uncensored|jailbroken|evil|root|admin|superuser|different))|\bpretend (to be|that you|you are|you have|there are)\b"
            + @"|\b(enter|enable|activate|switch to|you are in) (the )?(developer|debug|god|dan|sudo|maintenance|admin|jailbreak) mode\b|\bdo anything now\b|\b(without|no|free of|ignoring) (any )?(restrictions|limitations|filters|ethical guidelines|content polic(y|ies)) ?(apply|whatsoever|and|\.|,|!)"),
        new("reveal",
            ["system prompt", "what are your", "what is your", "what were your", "your exact", "your full", "your original", "your initial", "your instruction", "your prompt", "initial prompt", "hidden prompt", "initial instruction", "developer message", "your rules", "your guidelines", "your system", "your context", "words above", "text above", "everything above"],
            $@"\b(reveal|show|print|repeat|output|display|leak|expose|tell me|give me|write( out| down)?|share|dump|recite|include|copy|paste|summari[sz]e) ({Word}){{0,4}}?(system prompt|your (full |exact |initial |original |hidden |system |secret )*(instructions?|prompt|rules|guidelines|system message|context)|initial (prompt|instructions?)|hidden prompt|developer message|(words|text|everything) above)"
            + @"|\bwhat (is|are|was|were) your (exact |full |initial |original |hidden |system )*(prompt|instructions|system prompt)"),
        new("role-marker",
            ["<|", "[inst]", "<<sys>>", "### instruction", "### system", "### response", "### human", "### assistant", "start_of_turn", "\"role\"", "'role'", "assistant:", "system:", "human:", "[system]", "(system)", "<system>", "</system", "</user", "</data>", "end data", "system message", "end of document", "end of user"],
            @"<\|(im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|end_header_id|begin_of_text|tool_call|python_tag|channel|message|start|end)\|>|\[/?inst\]|<</?sys>>|### ?(instruction|system|response|human|assistant)s? ?:|<(start|end)_of_turn>|[""']role[""'] ?: ?[""'](system|developer|assistant)[""']"
            + @"|(^| )(system|assistant|human) ?: ?(you (are|must|should|will|can|have)|ignore|i (will|am|have|must)|sure|ok|new|please|override|from now|the user|disregard|execute|run)|\[system\]|\(system\)|</?system(_prompt|-prompt|_message)?>|</(user|data|document|context|untrusted|input)(_data|_input)?> ?(<|system|new|now|ignore|you|instruction)|\bend data [0-9a-f]{4,}|\b(begin|start of|new) system (message|prompt)\b|[-=#*]{3,} ?end of (document|user input|context|data|prompt|untrusted)"),
        new("html-comment",
            ["<!--", "[//]: #", "[comment]: #"],
            $@"(<!--|\[(//|comment)\]: #)[^>]*?\b({Machine}\b[^>]*\b(must|should|please|ignore|do not|don't|always|never|add|insert|run|execute|approve|send|delete|remove|include|say|tell|follow|read|fetch|instead)|(please|you must|you should|ignore|execute|run|approve|insert|send) [^>]*\b{Machine})\b"),
        new("exfiltration",
            ["http", "webhook", "curl", "wget", "server", "endpoint", "email", "@", "nslookup", "pastebin", "dns"],
            $@"\b(send|post|upload|exfiltrate|transmit|forward|e-?mail|submit|leak|report|append|encode|push|pass|deliver|ship) ({Word}){{0,6}}?{Secret}[^.!?]*?\b(to|at|via|into) ([^.!? ]{{0,40}} ){{0,4}}?(https?:|webhook|attacker|external|remote|my server|this (url|server|address|endpoint|address)|the (url|following url|following address|webhook|endpoint)|pastebin|[a-z0-9._-]+@[a-z0-9-]+\.)"
            + @"|!\[[^\]]{0,200}\]\(https?://[^) ]{1,300}[?&/][a-z_-]{0,30}(data|secret|token|key|prompt|context|content|payload|leak|exfil|q|c|d)=[^)]*(\{|\$|%7b|<|\[|your_|secret|base64|here)"
            + @"|\b(curl|wget|nslookup|dig|nc)\b[^;&|]*(\$\((cat|env|printenv|base64)|`(cat|env|printenv|base64)|@\.env|@~/\.ssh|@/etc/|<~/\.ssh)|\b(cat|env|printenv)\b[^;&]*\| ?(base64[^|;&]*\| ?)?(curl|wget|nc)\b"),
        new("tool-call",
            ["function_calls", "invoke name", "tool_call", "tool_use", "function_call", "tool calls", "functions.", "<tool", "<function", "run the following command", "execute the following", "run this command", "execute this"],
            @"<(antml:)?(function_calls?|invoke name|tool_call|tool_use|tool_code|tool name|function=)|\[tool_calls?\]|[""']tool_calls?[""'] ?: ?[\[{]|[""']type[""'] ?: ?[""'](tool_use|function_call)[""']|\bto=functions\.|\b(you (must|should|need to|have to|will)|please|now|immediately|first,?|agent[,:]|assistant[,:]) (silently |immediately |first |now |also )*(run|execute) (the following|this) (shell |bash )?(command|script|code)"),
        new("conceal",
            ["not tell", "t tell", "never tell", "not mention", "t mention", "never mention", "not inform", "not reveal", "not notify", "not alert", "not disclose", "without telling", "without informing", "without asking", "without notifying", "without mentioning", "secret from", "hidden from", "hide this", "silently", "keep this", "conceal"],
            @"\b(do not|don't|never|must not|should not) (ever )?(tell|inform|mention|reveal|notify|alert|disclose|report|show) (any of |about )?(this |it |these |that )?(instructions? |change |message |request |action |fact |text |step )?(to |in )?(the |a |any |your )?(user|human|reviewer|developer|operator|maintainer|anyone|anybody|security team|pull request|pr description|summary|your (answer|response|reply|summary))"
            + @"|\bwithout (telling|informing|asking|notifying|mentioning (this |it )?to|alerting) (the |a |any |your )?(user|human|reviewer|developer|operator|maintainer|anyone)|\b(keep|hide|conceal) (this|these|it|that) ([a-z]+ ){0,3}?(secret|hidden)? ?from (the )?(user|human|reviewer|developer|operator|maintainer)s?"),
        new("approval",
            ["approve", "approved", "merge", "lgtm", "mark ", "skip ", "as low", "as safe", "trusted", "disable", "passed", "bypass"],
            $@"\b(approve|merge|accept|lgtm) (this|the|all|every|any) ({Word}){{0,3}}?(pull request|pr|prs|change|changes|patch|commit|merge request)s? (automatically|immediately|without|regardless|now|at once|unconditionally)|\b(mark|report|set|return|treat) ({Word}){{0,3}}?(checks?|tests?|gates?|scans?|reviews?|polic(y|ies)) ({Word}){{0,2}}?as (passed|passing|successful|ok|green|approved|satisfied)"
            + $@"|\b(rate|classify|label|treat|mark|score|report|consider) (this|it|the|all) ({Word}){{0,4}}?as (low[ -]risk|low|safe|trusted|harmless|benign|approved|pre-?approved|reviewed)\b|\b(you (must|should|can|may)|please|agent[,:]|assistant[,:]|ai[,:]) (always |now |safely |also )*(skip|bypass|disable|turn off|ignore) ({Word}){{0,3}}?(review|approval|tests?|security|scann?(er|ing)|polic(y|ies)|gates?|checks?|verification|sandbox)\b"),
        new("address",
            ["attention", "note to", "message to", "message for", "note for", "important", "dear", "hey", "if you are", "if you're", "instructions for", "instruction to", "to any", "to all", "to the", "as an", "reading this", "processing this", "hello"],
            $@"\b(attention|dear|hey|hello|hi|note to|note for|message to|message for|instructions? (for|to)|to|important( note| message| instructions?)?( for| to)?|urgent)[ ,:]*(any |all |the |every |this |future )?(automated |helpful |reviewing )?(ai|a\.i\.|llms?|language models?|ai assistants?|ai agents?|coding agents?|coding assistants?|ai models?|ai reviewers?|copilot|claude|chatgpt|gpt-?[0-9a-z.]*|gemini|codex)( agents?| assistants?| models?| reviewers?| systems?| tools?)?( reading (this|it)| reviewing this| processing this)? ?[:,!;-]"
            + $@"|\bif you('re| are) (an? |the )?(ai|llm|large language model|language model|ai (assistant|agent|model|reviewer)|coding (assistant|agent)|automated (agent|reviewer|assistant)|assistant|copilot|claude|chatgpt|gpt|gemini|codex)\b[^.!?]*[,:]? (please |you (must|should|need|have) |then |do |ignore|add|insert|run|stop|say|reply|respond|include|approve|write|output|always)"
            + @"|\bas an (ai|llm|assistant|automated agent)[^.!?]*, you (must|should|are required|are obliged|have to|need to|will)\b"),
    ];

    // The text is folded before it is looked at, so a pattern of letters beyond ASCII is as well.
    private static string Folded(string word) => FoldedText.Of(word).Text;
}
