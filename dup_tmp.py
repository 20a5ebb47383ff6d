import sys,time,tempfile,random
from pathlib import Path
from assistant.records.article import Article
from assistant.indexing.build import build_library
from assistant.doctor.checks import examine_library
from assistant.doctor.findings import Diagnosis
from tests.support.tiny_library import *
import hashlib
BASE="The harbour office published its daily report on the tides. The water stood at two metres in the morning and fell to {x} metre in the evening. The keeper of the lock said the gate would stay open until the end of the week. Ferries ran on time and no vessel was delayed in the channel. The next report follows {y}."
def arts(n,skip=0,tpl=False):
    for i in range(skip,n):
        t=BASE.format(x=i if tpl else "one",y=random.Random(i).random() if tpl else "tomorrow")
        yield Article(id=f"t{i}",title="Daily tide report",text=t,sha256=hashlib.sha256(t.encode()).hexdigest(),source="Harbour Post",author=None,published_at="2025-01-01",url=None,path=None,language="en")
def b(cfg,a):
    c=time.process_time(); *_,r=build_library(cfg,TINY_MODEL,WordEmbedder,extra=a); return round(time.process_time()-c,1)
for tpl in (False,True):
  for n in map(int,sys.argv[1:]):
    with tempfile.TemporaryDirectory() as d:
        (Path(d)/"articles").mkdir(); cfg=make_config(Path(d)/"articles",Path(d)/"index")
        t1=b(cfg,arts(n,0,tpl)); t2=b(cfg,arts(n,20,tpl)); c=time.process_time(); D=Diagnosis(); list(examine_library(cfg,D)); 
        print("template" if tpl else "copies",n,"build",t1,"remove 20",t2,"doctor",round(time.process_time()-c,1),[f.message for f in D.errors if f.topic not in("settings","model")] if hasattr(D.errors[0] if D.errors else 0,"topic") else [f.message for f in D.errors],flush=True)
