"""The helper package of Lesson 3.4: Gated Recurrent Units.

Read it in the order of the chapters: ``rnn`` (01), ``cell`` (02 to 07), ``bptt`` (06
and 07), ``gradcheck`` (07), ``flow`` and ``lstm`` (08), ``optim`` and ``train`` (09),
``engine`` (appendix). Import the module you need; nothing is loaded here.
"""

__version__ = "0.3.0"
